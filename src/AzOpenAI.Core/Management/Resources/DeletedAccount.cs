using System.Text.Json;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>A soft-deleted account with its data.</summary>
internal sealed record DeletedAccount(Resource Resource, DateTimeOffset? DeletedAt, DateTimeOffset? PurgeDate)
{
    public static DeletedAccount? Map(ArmResponse response, JsonElement item)
    {
        AccountDto dto = response.Read(item, AccountJson.Default.AccountDto);
        return ArmTarget.Parse(dto.Id ?? "") is { ResourceGroup: not null, Account: not null } && dto.Kind is not null
            ? new DeletedAccount(ResourceMapper.Map(response, item), ResourceMapper.Date(dto.Properties?.DeletionDate), ResourceMapper.Date(dto.Properties?.ScheduledPurgeDate))
            : null;
    }

    /// <summary>The remaining time in which it can be restored: <c>1 day 3 hours</c>.</summary>
    public string ShowTimeLeft(DateTimeOffset now)
    {
        if (TimeLeft(now) is not TimeSpan left)
            return "up to 48 hours";
        return left switch
        {
            { TotalHours: >= 24 } => $"{left.Days} day{(left.Days == 1 ? "" : "s")} {left.Hours} h",
            { TotalHours: >= 1 } => $"{left.Hours} h {left.Minutes} min",
            _ => $"{left.Minutes} min",
        };
    }

    public DeletedResource ToResource(DateTimeOffset now) => new()
    {
        Id = Resource.Id,
        Name = Resource.Name,
        ResourceGroupName = Resource.ResourceGroupName,
        SubscriptionId = Resource.SubscriptionId,
        Location = Resource.Location,
        Kind = Resource.Kind,
        CustomSubdomain = Resource.CustomSubdomain,
        DeletedAt = DeletedAt,
        PurgeDate = PurgeDate,
        TimeLeft = TimeLeft(now),
        Tags = Resource.Tags,
        Raw = Resource.Raw,
    };

    private TimeSpan? TimeLeft(DateTimeOffset now) => PurgeDate is DateTimeOffset end ? end > now ? end - now : TimeSpan.Zero : null;
}
