using System.Text.RegularExpressions;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Patterns of details in the service's messages. A message that doesn't match is shown unchanged.</summary>
internal static partial class ArmPatterns
{
    private const int Timeout = 2000;

    [GeneratedRegex(@"[Ss]ub ?domain name '([^']+)'", RegexOptions.None, Timeout)]
    public static partial Regex Subdomain();

    [GeneratedRegex(@"in state (\w+)", RegexOptions.None, Timeout)]
    public static partial Regex State();

    [GeneratedRegex(@"resource IDs include: (.+?)\.\s*Please", RegexOptions.None, Timeout)]
    public static partial Regex Children();

    [GeneratedRegex(@"issuer 'https?://[^/']+/([^/']+)/?'.*?tenants? 'https?://[^/']+/([^/']+)/?", RegexOptions.Singleline, Timeout)]
    public static partial Regex Tenants();

    [GeneratedRegex(@"action '([^']+)' over scope '([^']+)'", RegexOptions.None, Timeout)]
    public static partial Regex Action();

    [GeneratedRegex(@"client '([^']+)'", RegexOptions.None, Timeout)]
    public static partial Regex Client();

    [GeneratedRegex(@"location '([^']+)' is not available for resource type.*?regions for the resource type is '([^']+)'", RegexOptions.Singleline, Timeout)]
    public static partial Regex Location();

    [GeneratedRegex(@"for location '([^']+)'.*?supported locations are '([^']+)'", RegexOptions.Singleline, Timeout)]
    public static partial Regex Locations();

    [GeneratedRegex(
        @"requires? (?<asked>[\d.]+) new capacity in quota (?<name>.+?), which is bigger than the current available capacity (?<free>-?[\d.]+?)\. The current quota usage is (?<used>[\d.]+?) and the quota limit is (?<limit>[\d.]+?) for",
        RegexOptions.None,
        Timeout)]
    public static partial Regex Quota();

    [GeneratedRegex(
        @"specified (?:SKU|scale type) '(?<sku>[^']+)' (?:of account deployment is not supported by the model|for model) '(?<model>[^']+)'(?:.*?region '(?<region>[^']+)')?",
        RegexOptions.Singleline,
        Timeout)]
    public static partial Regex Sku();

    [GeneratedRegex(@"sku name '([^']+)' is invalid", RegexOptions.IgnoreCase, Timeout)]
    public static partial Regex SkuName();

    [GeneratedRegex(@"Format:[^,']*,\s*Name:([^,']+),\s*Version:([^,']*)", RegexOptions.None, Timeout)]
    public static partial Regex Model();

    [GeneratedRegex(@"Principal ([0-9a-fA-F-]{32,36}) does not exist", RegexOptions.None, Timeout)]
    public static partial Regex Principal();

    [GeneratedRegex(@"since ([\d/.-]+\d)", RegexOptions.None, Timeout)]
    public static partial Regex Since();
}
