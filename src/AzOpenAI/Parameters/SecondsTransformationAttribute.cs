using System.Globalization;
using System.Management.Automation;

namespace AzOpenAI.Parameters;

/// <summary>Accepts a time as TimeSpan, as a string such as 00:10:00, or as a number of seconds, which PowerShell would convert as ticks.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        TimeSpan? time = value switch
        {
            TimeSpan span => span,
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) => FromSeconds(seconds),
            string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) => span,
            int or long or double or decimal or float or short or byte => FromSeconds(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            _ => null,
        };
        return time is TimeSpan given && given >= TimeSpan.Zero && given <= Longest
            ? given
            : throw new ArgumentTransformationMetadataException("Specify a number of seconds or a time such as 00:10:00, up to 30 days.");
    }

    private static TimeSpan? FromSeconds(double seconds) => seconds is >= 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : null;
}
