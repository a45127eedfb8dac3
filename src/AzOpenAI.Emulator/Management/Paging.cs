using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Management;

/// <summary>Splits lists into pages. nextLink is an absolute URL on the request's host, with a $skiptoken that only the emulator can read.</summary>
internal static class Paging
{
    private const string Parameter = "$skiptoken";
    private const string Prefix = "emulator/page/";

    public static Reply Page(ArmRequest request, IEnumerable<JsonNode> items)
    {
        int size = Math.Max(1, request.Emulation.Settings.PageSize);
        int skip = request.Exchange.Query(Parameter) is { Length: > 0 } token ? Read(token) : 0;
        if (int.TryParse(request.Exchange.Query("$top"), NumberStyles.None, CultureInfo.InvariantCulture, out int top) && top > 0)
        {
            items = items.Take(top);
        }

        // One additional item shows whether there is a next page, without creating the JSON of the rest.
        JsonNode[] window = [.. items.Skip(skip).Take(size + 1)];
        JsonObject page = new() { ["value"] = new JsonArray([.. window.Take(size)]) };
        if (window.Length > size)
        {
            page["nextLink"] = NextLink(request.Exchange, skip + size);
        }

        return Reply.Ok(page);
    }

    private static string NextLink(Exchange exchange, int skip)
    {
        IEnumerable<string> others = exchange.Http.Request.Query
            .Where(q => q.Key != Parameter)
            .Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value.ToString())}");
        string query = string.Join('&', others.Append($"{Uri.EscapeDataString(Parameter)}={Write(skip)}"));
        return $"{exchange.BaseUri.ToString().TrimEnd('/')}{exchange.Http.Request.Path.ToUriComponent()}?{query}";
    }

    private static string Write(int skip) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{skip}")));

    private static int Read(string token)
    {
        try
        {
            string text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
            if (text.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(text[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int skip))
            {
                return skip;
            }
        }
        catch (FormatException)
        {
            // Rejected below.
        }

        throw UnverifiedArmErrors.InvalidSkipToken(token);
    }
}
