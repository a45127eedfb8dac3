namespace AzOpenAI.Core.Http;

/// <summary>A request that the caller puts together, for either plane.</summary>
public sealed record RawRequest
{
    /// <summary>GET, HEAD, POST, PUT, PATCH or DELETE.</summary>
    public required string Method { get; init; }

    /// <summary>Path, with or without a query; below the connection's route on the data plane, below Azure Resource Manager's endpoint on the management plane.</summary>
    public required string Path { get; init; }

    /// <summary>More of the query, unescaped.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>More headers. A SecureString value is secret, a string value is not.</summary>
    public IReadOnlyDictionary<string, object> Headers { get; init; } = new Dictionary<string, object>();

    /// <summary>The body, null for none.</summary>
    public RawBody? Body { get; init; }

    /// <summary>Deployment (Azure) or model (OpenAI), for routes that have it in their path and for messages.</summary>
    public string? Deployment { get; init; }

    /// <summary>Api-version of Azure Resource Manager; null: the one that the module uses for this kind of object. Not used on the data plane.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Refuses headers, a media type and names of a form that would not stay what they are.</summary>
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
