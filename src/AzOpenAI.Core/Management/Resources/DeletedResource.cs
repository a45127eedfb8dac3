using System.Text.Json;

namespace AzOpenAI.Core.Management;

/// <summary>A soft-deleted account.</summary>
internal sealed record DeletedResource(Resource Resource, DateTimeOffset? PurgeDate)
{
    public static DeletedResource? Map(ArmResponse response, JsonElement item)
    {
        AccountDto dto = response.Read(item, AccountJson.Default.AccountDto);
        return ArmTarget.Parse(dto.Id ?? "") is { ResourceGroup: not null, Account: not null } && dto.Kind is not null
            ? new DeletedResource(ResourceMapper.Map(response, item), ResourceMapper.Date(dto.Properties?.ScheduledPurgeDate))
            : null;
    }

    /// <summary>How long it can still be restored: <c>1 day 3 hours</c>.</summary>
    public string TimeLeft(DateTimeOffset now)
    {
        if (PurgeDate is not DateTimeOffset end)
            return "up to 48 hours";
        TimeSpan left = end > now ? end - now : TimeSpan.Zero;
        return left switch
        {
            { TotalHours: >= 24 } => $"{left.Days} day{(left.Days == 1 ? "" : "s")} {left.Hours} h",
            { TotalHours: >= 1 } => $"{left.Hours} h {left.Minutes} min",
            _ => $"{left.Minutes} min",
        };
    }
}
