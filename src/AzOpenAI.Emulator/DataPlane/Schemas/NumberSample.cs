using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane.Schemas;

/// <summary>A number that a schema allows: 1, or the closest one.</summary>
internal static class NumberSample
{
    public static JsonValue For(JsonObject schema, bool whole)
    {
        decimal? step = Read(schema, "multipleOf") is > 0 and { } multiple ? multiple : whole ? 1 : null;
        decimal value = whole ? Whole(schema) : Real(schema);
        if (step is { } size && value % size != 0)
        {
            decimal up = (Math.Floor(value / size) + 1) * size;
            value = Fits(schema, up) ? up : up - size;
        }

        // Dividing by one with trailing zeros removes those of the value.
        value /= 1.0000000000000000000000000000m;
        return value == decimal.Truncate(value) && Math.Abs(value) < long.MaxValue ? JsonValue.Create((long)value) : JsonValue.Create(value);
    }

    private static decimal Whole(JsonObject schema)
    {
        decimal least = Math.Max(
            Read(schema, "minimum") is { } minimum ? Math.Ceiling(minimum) : decimal.MinValue,
            Read(schema, "exclusiveMinimum") is { } above ? Math.Floor(above) + 1 : decimal.MinValue);
        decimal most = Math.Min(
            Read(schema, "maximum") is { } maximum ? Math.Floor(maximum) : decimal.MaxValue,
            Read(schema, "exclusiveMaximum") is { } below ? Math.Ceiling(below) - 1 : decimal.MaxValue);
        return Math.Min(Math.Max(1, least), most);
    }

    private static decimal Real(JsonObject schema)
    {
        if (Fits(schema, 1))
        {
            return 1;
        }

        decimal? least = Read(schema, "exclusiveMinimum") ?? Read(schema, "minimum");
        decimal? most = Read(schema, "exclusiveMaximum") ?? Read(schema, "maximum");
        return (least, most) switch
        {
            ({ } from, { } to) => from + (to - from) / 2,
            ({ } from, null) => from + 1,
            (null, { } to) => to - 1,
            _ => 1,
        };
    }

    private static bool Fits(JsonObject schema, decimal value) =>
        (Read(schema, "minimum") is not { } minimum || value >= minimum)
        && (Read(schema, "maximum") is not { } maximum || value <= maximum)
        && (Read(schema, "exclusiveMinimum") is not { } above || value > above)
        && (Read(schema, "exclusiveMaximum") is not { } below || value < below);

    /// <summary>Bounds that are too large are ignored.</summary>
    private static decimal? Read(JsonObject schema, string name) =>
        schema[name] is JsonValue value && value.TryGetValue(out double number) && Math.Abs(number) < 1e20 ? (decimal)number : null;
}
