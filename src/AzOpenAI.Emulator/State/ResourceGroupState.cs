using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.State;

/// <summary>A resource group.</summary>
internal sealed class ResourceGroupState
{
    public required string Name { get; init; }

    public required string Location { get; init; }

    public JsonObject? Tags { get; set; }

    public string ProvisioningState { get; set; } = "Succeeded";

    public bool Deleting => ProvisioningState == "Deleting";
}
