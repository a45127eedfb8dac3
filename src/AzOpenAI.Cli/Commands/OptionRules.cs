using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace AzOpenAI.Cli.Commands;

/// <summary>Validates option values, each with a one-line error.</summary>
internal static class OptionRules
{
    private const int LastPort = 65535;

    /// <summary>An option with a string value; an empty one, for example from an unset variable, is an error.</summary>
    public static Option<string?> NotBlank(this Option<string?> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(static token => string.IsNullOrWhiteSpace(token.Value)))
                result.AddError($"The value of the option '{option.Name}' is empty.");
        });
        return option;
    }

    /// <summary>Reads a port.</summary>
    public static int Port(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int port) && port is >= 0 and <= LastPort)
            return port;
        result.AddError($"The port '{text}' isn't valid. Use a number from 0 to {LastPort}. 0 selects a free port.");
        return 0;
    }
}
