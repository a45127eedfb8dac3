namespace AzOpenAI.Core.Management.Models;

/// <summary>The capacities that a SKU accepts.</summary>
internal static class CapacityRules
{
    public static bool IsLegal(CapacityRange range, int capacity)
    {
        if (range.AllowedValues.Count > 0)
            return range.AllowedValues.Contains(capacity);
        if (capacity < range.Minimum || capacity > (range.Maximum ?? int.MaxValue))
            return false;
        // Whether steps count from zero or from the minimum isn't documented: both are accepted here, and the service decides.
        return capacity % range.Step == 0 || (capacity - range.Minimum) % range.Step == 0;
    }

    /// <summary>The valid values closest to an invalid one, smaller first.</summary>
    public static IReadOnlyList<int> NearestLegal(CapacityRange range, int capacity)
    {
        int? below = LargestUpTo(range, capacity);
        int? above = SmallestFrom(range, capacity);
        return [.. new[] { below, above }.OfType<int>().Distinct()];
    }

    /// <summary>The largest valid capacity up to a value, or null.</summary>
    public static int? LargestUpTo(CapacityRange range, double limit)
    {
        int most = (int)Math.Clamp(Math.Floor(limit), 0, range.Maximum ?? int.MaxValue);
        if (range.AllowedValues.Count > 0)
            return range.AllowedValues.Where(v => v <= most).OrderDescending().Select(v => (int?)v).FirstOrDefault();
        if (most < range.Minimum)
            return null;
        int onStep = most - (most % range.Step);
        return onStep >= range.Minimum && onStep > 0 ? onStep : range.Minimum;
    }

    /// <summary>The smallest valid capacity from a value, or null.</summary>
    public static int? SmallestFrom(CapacityRange range, int capacity)
    {
        if (range.AllowedValues.Count > 0)
            return range.AllowedValues.Where(v => v >= capacity).Order().Select(v => (int?)v).FirstOrDefault();
        if (capacity <= range.Minimum)
            return range.Minimum;
        long onStep = ((long)capacity + range.Step - 1) / range.Step * range.Step;
        return onStep <= (range.Maximum ?? int.MaxValue) ? (int)onStep : null;
    }
}
