using System.Globalization;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Management;

/// <summary>Cuts lists into pages; nextLink carries an opaque $skiptoken.</summary>
internal static class Paging
{
    private const string Parameter = "$skiptoken";

    public static Reply Page(ArmRequest request, IEnumerable<JsonNode> items)
    {
        JsonNode[] all = [.. items];
        int size = Math.Max(1, request.Emulation.Settings.PageSize);
        if (int.TryParse(request.Exchange.Query("$top"), NumberStyles.None, CultureInfo.InvariantCulture, out int top) && top > 0)
        {
            all = [.. all.Take(top)];
        }

        _ = int.TryParse(request.Exchange.Query(Parameter), NumberStyles.None, CultureInfo.InvariantCulture, out int skip);
        JsonObject page = new() { ["value"] = new JsonArray([.. all.Skip(skip).Take(size)]) };
        if (skip + size < all.Length)
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
        string query = string.Join('&', others.Append($"{Uri.EscapeDataString(Parameter)}={skip.ToString(CultureInfo.InvariantCulture)}"));
        return $"{exchange.BaseUri.ToString().TrimEnd('/')}{exchange.Http.Request.Path.ToUriComponent()}?{query}";
    }
}
