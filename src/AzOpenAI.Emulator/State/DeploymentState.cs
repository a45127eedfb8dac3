using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.DataPlane.Chat;
using AzOpenAI.Emulator.Limits;

namespace AzOpenAI.Emulator.State;

/// <summary>A model deployment of an account.</summary>
internal sealed class DeploymentState
{
    public required string Name { get; init; }

    public required CatalogueModel Model { get; set; }

    public required CatalogueSku Sku { get; set; }

    public required int Capacity { get; set; }

    public JsonObject? Tags { get; set; }

    /// <summary>Writable properties other than the model, as sent by the client.</summary>
    public JsonObject Properties { get; set; } = [];

    public string? Publisher { get; set; }

    public string ProvisioningState { get; set; } = "Succeeded";

    public bool Paused { get; set; }

    /// <summary>On <see cref="EmulatorClock.Uptime"/>: until then the data plane returns DeploymentNotFound.</summary>
    public TimeSpan VisibleAt { get; set; }

    public required SystemData SystemData { get; init; }

    public string Etag { get; set; } = Guid.NewGuid().ToString();

    public RateLimiter Limiter { get; } = new();

    public PromptCache PromptCache { get; } = new();
}
