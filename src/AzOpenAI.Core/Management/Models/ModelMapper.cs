using System.Globalization;
using System.Text.Json;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Models;

/// <summary>Creates models from the service's responses.</summary>
internal static class ModelMapper
{
    /// <summary>Creates the model; null for an entry without name or version.</summary>
    public static Model? Map(ModelDto dto, string? kind, string location, DateTimeOffset now)
    {
        if (dto is not { Name: string name, Version: string version })
            return null;
        DateTimeOffset? retirement = Date(dto.Deprecation?.Inference);
        ModelSku[] skus = [.. (dto.Skus ?? []).Where(s => s.Name is not null).Select(Sku)];
        IReadOnlyDictionary<string, string> capabilities = (dto.Capabilities ?? []).ToDictionary(c => c.Key, c => Text(c.Value), StringComparer.OrdinalIgnoreCase);
        return new Model
        {
            Name = name,
            Version = version,
            Format = dto.Format ?? "OpenAI",
            Kind = kind,
            Location = LocationName.Normalize(location),
            IsDefaultVersion = dto.IsDefaultVersion ?? false,
            LifecycleStatus = dto.LifecycleStatus,
            RetirementDate = retirement,
            DaysLeft = DaysLeft(retirement, now),
            Skus = skus,
            Capabilities = capabilities,
            MaxContextTokens = Number(capabilities, "maxContextToken") ?? Number(capabilities, "maxTotalToken"),
            MaxOutputTokens = Number(capabilities, "maxOutputToken"),
            IsDeployable = !IsRetired(dto.LifecycleStatus, retirement, now) && !IsDeprecating(dto.LifecycleStatus) && skus.Any(s => IsOpen(s, now)),
        };
    }

    /// <summary>Whole days; negative after the date.</summary>
    public static int? DaysLeft(DateTimeOffset? date, DateTimeOffset now) => date is DateTimeOffset end ? (int)Math.Floor((end - now).TotalDays) : null;

    public static bool IsRetired(string? lifecycle, DateTimeOffset? retirement, DateTimeOffset now) =>
        "Deprecated".Equals(lifecycle, StringComparison.OrdinalIgnoreCase) || retirement <= now;

    public static bool IsDeprecating(string? lifecycle) => "Deprecating".Equals(lifecycle, StringComparison.OrdinalIgnoreCase);

    public static bool IsOpen(ModelSku sku, DateTimeOffset now) => sku.DeprecationDate is not DateTimeOffset end || end > now;

    private static ModelSku Sku(ModelSkuDto dto) => new()
    {
        Name = dto.Name!,
        UsageName = dto.UsageName,
        DeprecationDate = Date(dto.DeprecationDate),
        RateLimits = RateLimitDto.ToRateLimits(dto.RateLimits),
        Capacity = new CapacityRange
        {
            Minimum = Whole(dto.Capacity?.Minimum) ?? 1,
            Maximum = Whole(dto.Capacity?.Maximum),
            Step = Math.Max(1, Whole(dto.Capacity?.Step) ?? 1),
            Default = Whole(dto.Capacity?.Default),
            AllowedValues = [.. (dto.Capacity?.AllowedValues ?? []).Select(v => Whole(v)!.Value)],
        },
    };

    private static int? Whole(double? value) => value is double number ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null;

    private static int? Number(IReadOnlyDictionary<string, string> capabilities, string name) =>
        capabilities.TryGetValue(name, out string? text) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    public static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset date) ? date : null;
}
