using System.Text.Json;
using System.Text.Json.Serialization;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>A page of a list. The items aren't copied: a copy of each would double the memory of a long list.</summary>
internal sealed record ArmPage(JsonElement Value, string? NextLink);

/// <summary>The status in the response of an Azure-AsyncOperation link.</summary>
internal sealed record ArmOperationStatus(string? Status, double? PercentComplete, JsonElement? Error);

/// <summary>The state of a resource.</summary>
internal sealed record ArmState(ArmStateProperties? Properties);

/// <inheritdoc cref="ArmState"/>
internal sealed record ArmStateProperties(string? ProvisioningState);

[JsonSerializable(typeof(ArmPage))]
[JsonSerializable(typeof(ArmOperationStatus))]
[JsonSerializable(typeof(ArmState))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class ArmJson : JsonSerializerContext;
