namespace AzOpenAI.Core.Http;

/// <summary>A request that the caller defines, for either plane.</summary>
public sealed record RawRequest
{
    /// <summary>GET, HEAD, POST, PUT, PATCH or DELETE.</summary>
    public required string Method { get; init; }

    /// <summary>Path, with or without a query, relative to the connection's route (data plane) or Azure Resource Manager's endpoint (management plane).</summary>
    public required string Path { get; init; }

    /// <summary>Additional query parameters, unescaped.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>Additional headers. A SecureString value is secret, a string value isn't.</summary>
    public IReadOnlyDictionary<string, object> Headers { get; init; } = new Dictionary<string, object>();

    /// <summary>The body, or null.</summary>
    public RawBody? Body { get; init; }

    /// <summary>Deployment (Azure) or model (OpenAI), for routes with it in their path and for messages.</summary>
    public string? Deployment { get; init; }

    /// <summary>API version of Azure Resource Manager; null for the module's version for this type of object. Not used on the data plane.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Rejects headers, a media type and form names that could change the structure of the request.</summary>
    /// <exception cref="AzOpenAIException">HeaderInvalid, ContentTypeInvalid, FormNameInvalid.</exception>
    internal void Check()
    {
        HeaderRules.Check(Headers);
        if (Body is null)
            return;
        HeaderRules.CheckMediaType(Body.ContentType);
        foreach (RawFormField field in Body.Form ?? [])
        {
            HeaderRules.CheckFormName(field.Name);
            if (field.FileName is not null)
                HeaderRules.CheckFormName(field.FileName);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {ShownText.Path(Path)}";
}
