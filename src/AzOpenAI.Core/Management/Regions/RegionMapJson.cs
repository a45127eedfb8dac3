using System.Text.Json.Serialization;

namespace AzOpenAI.Core.Management.Regions;

/// <summary>A region as the subscription lists it. Coordinates are strings, in some clouds numbers.</summary>
internal sealed record LocationDto(string? Name, LocationMetadataDto? Metadata);

internal sealed record LocationMetadataDto(string? Geography, string? GeographyGroup, double? Latitude, double? Longitude);

[JsonSerializable(typeof(LocationDto))]
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
internal sealed partial class RegionMapJson : JsonSerializerContext;
