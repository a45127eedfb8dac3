using System.Text.Json;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Regions;

/// <summary>The locations of regions, so that the nearest one can be suggested first.</summary>
internal sealed class RegionMap
{
    // Half the circumference of the earth: the maximum distance.
    private const double Farthest = 20_100;
    private const double EarthRadius = 6371;

    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>Reads the subscription's regions. If that fails, they are ordered by name.</summary>
    public static async Task<RegionMap> ReadAsync(ManagementClient client, CancellationToken cancellationToken)
    {
        var map = new RegionMap();
        ArmRequest request = ArmRequest.Get($"{ArmPath.Subscription(client.SubscriptionId)}/locations", ArmApiVersions.Subscriptions);
        try
        {
            await foreach ((ArmResponse response, JsonElement item) in client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
            {
                if (response.Read(item, RegionMapJson.Default.LocationDto) is { Name: string name, Metadata: LocationMetadataDto at })
                    map.Add(name, at.Latitude, at.Longitude, at.GeographyGroup ?? at.Geography);
            }
        }
        catch (AzOpenAIException e)
        {
            client.Options.Reporter.Verbose($"Can't read the region coordinates, so regions are sorted by name: {e.Message}");
        }

        return map;
    }

    /// <summary>The other regions by their distance from one of them.</summary>
    public IReadOnlyList<string> ByDistance(string from, IEnumerable<string> regions)
    {
        string origin = LocationName.Normalize(from);
        string[] others = [.. regions.Select(LocationName.Normalize).Distinct().Where(r => r != origin)];
        return [.. others.OrderBy(r => Distance(origin, r, others)).ThenBy(r => r, StringComparer.Ordinal)];
    }

    internal void Add(string name, double? latitude, double? longitude, string? group) =>
        _places[LocationName.Normalize(name)] = new Place(
            latitude is >= -90 and <= 90 ? latitude : null, longitude is >= -180 and <= 180 ? longitude : null, group);

    /// <summary>Kilometers. A region without coordinates is as far as the farthest of its geography group, or else at the maximum distance.</summary>
    private double Distance(string from, string to, IEnumerable<string> all)
    {
        Place? start = _places.GetValueOrDefault(from);
        Place? end = _places.GetValueOrDefault(to);
        if (Distance(start, end) is double known)
            return known;
        if (start?.Group is null || start.Group != end?.Group)
            return Farthest + 1;
        return all.Select(_places.GetValueOrDefault).Where(p => p?.Group == start.Group).Max(p => Distance(start, p)) + 1 ?? 0;
    }

    /// <summary>Great-circle distance.</summary>
    private static double? Distance(Place? start, Place? end)
    {
        if (start is not { Latitude: double latitude1, Longitude: double longitude1 } || end is not { Latitude: double latitude2, Longitude: double longitude2 })
            return null;
        double sinLatitude = Math.Sin(double.DegreesToRadians(latitude2 - latitude1) / 2);
        double sinLongitude = Math.Sin(double.DegreesToRadians(longitude2 - longitude1) / 2);
        double chord = (sinLatitude * sinLatitude)
            + (Math.Cos(double.DegreesToRadians(latitude1)) * Math.Cos(double.DegreesToRadians(latitude2)) * sinLongitude * sinLongitude);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(chord)));
    }

    private sealed record Place(double? Latitude, double? Longitude, string? Group);
}
