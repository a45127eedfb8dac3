using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Core;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>One request to Azure Resource Manager.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path relative to the endpoint, escaped, without query.</param>
/// <param name="ApiVersion">The API version.</param>
internal sealed record ArmRequest(RequestMethod Method, string Path, string ApiVersion)
{
    /// <summary>Additional query parameters, escaped, without a leading <c>&amp;</c>.</summary>
    public string? Query { get; init; }

    /// <summary>The API version to use if the cloud doesn't support <see cref="ApiVersion"/> yet.</summary>
    public string? FallbackApiVersion { get; init; }

    /// <summary>JSON body, or null.</summary>
    public BinaryData? Body { get; init; }

    /// <summary>Additional headers, or null. A SecureString value is secret.</summary>
    public IReadOnlyDictionary<string, object>? Headers { get; init; }

    /// <summary>False to retry only if the service can't have processed the request.</summary>
    public bool Replayable { get; init; } = true;

    /// <summary>The activity, for progress: <c>Creating resource 'contoso'</c>.</summary>
    public string? Activity { get; init; }

    public static ArmRequest Get(string path, string apiVersion = ArmApiVersions.CognitiveServices) => new(RequestMethod.Get, path, apiVersion);

    public static ArmRequest Head(string path, string apiVersion) => new(RequestMethod.Head, path, apiVersion);

    public static ArmRequest Delete(string path, string apiVersion = ArmApiVersions.CognitiveServices) => new(RequestMethod.Delete, path, apiVersion);

    public static ArmRequest Post(string path, string apiVersion = ArmApiVersions.CognitiveServices) => new(RequestMethod.Post, path, apiVersion);

    public static ArmRequest Put(string path, string apiVersion = ArmApiVersions.CognitiveServices) => new(RequestMethod.Put, path, apiVersion);

    public static ArmRequest Patch(string path, string apiVersion = ArmApiVersions.CognitiveServices) => new(RequestMethod.Patch, path, apiVersion);

    /// <summary>Returns the same request with the API version of deployments.</summary>
    public ArmRequest ForDeployments() => this with { ApiVersion = ArmApiVersions.Deployments, FallbackApiVersion = ArmApiVersions.CognitiveServices };

    /// <summary>Returns a GET request for the same object.</summary>
    public ArmRequest AsGet() => this with { Method = RequestMethod.Get, Query = null, Body = null, Replayable = true };

    public ArmRequest With<T>(T body, JsonTypeInfo<T> type) => this with { Body = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(body, type)) };

    public Uri Resolve(Uri endpoint) => new(endpoint, $"{Path}?api-version={Uri.EscapeDataString(ApiVersion)}{(Query is null ? "" : "&" + Query)}");
}
