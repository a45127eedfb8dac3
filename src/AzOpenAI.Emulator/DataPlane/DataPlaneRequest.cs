using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>A data plane request to an existing resource.</summary>
internal sealed record DataPlaneRequest
{
    public required Exchange Exchange { get; init; }

    public required SubscriptionState Subscription { get; init; }

    public required AccountState Account { get; init; }

    /// <summary>Path segments after the resource's own.</summary>
    public required string[] Path { get; init; }

    /// <summary>True for /{location}.api/, where the resource isn't specified by a subdomain.</summary>
    public required bool Regional { get; init; }

    /// <summary>True for /{subdomain}.apim/, an API Management front end with its own key header.</summary>
    public bool Fronted { get; init; }

    /// <summary>True for the OpenAI-compatible base URL: /{subdomain}/v1/.</summary>
    public bool IsOpenAI => Path is ["v1", ..];

    public bool IsDated => !IsV1 && !IsOpenAI;

    public bool IsV1 => Path is ["openai", "v1", ..];

    public string ApiVersion => IsV1 || IsOpenAI ? "v1" : Exchange.Query("api-version") ?? "";

    public Emulation Emulation => Exchange.Emulation;

    /// <summary>Response headers that the handler adds.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public CatalogueRegion? Region => Emulation.Catalogue.Region(Account.Region);
}
