using AzOpenAI.Core.DataPlane.Limits;

namespace AzOpenAI.Core.Tests.DataPlane.Limits;

/// <summary>
/// Workers that send requests to a limiter, in simulated time: each event happens when its time has come, so that an hour passes in a moment and nothing
/// depends on the machine. The limiter counts what it took over a sliding time, when a request arrives.
/// </summary>
internal sealed class SimulatedDeployment
{
    private readonly PriorityQueue<Action, (TimeSpan At, int Order)> _events = new();
    private readonly List<(TimeSpan At, long Cost)> _taken = [];
    private readonly Random _random = new(7);
    private int _order;
    private int _idle;
    private bool _isAsked;
    private long _cost;
    private TimeSpan _now;

    public DeploymentBudget Budget { get; init; } = new();

    /// <summary>Requests of a minute; null = no limit.</summary>
    public int? RequestsPerMinute { get; set; } = 600;

    /// <summary>Seconds over which requests are counted.</summary>
    public double RequestWindow { get; init; } = 10;

    public long? TokensPerMinute { get; init; }

    /// <summary>What the service counts of a request's cost.</summary>
    public double CountedShare { get; init; } = 1;

    /// <summary>Requests of a minute that somebody else sends.</summary>
    public double OthersPerMinute { get; init; }

    public bool TellsLimits { get; init; } = true;

    public bool TellsWait { get; init; } = true;

    public double LatencySeconds { get; init; } = 0.4;

    public int Workers { get; init; } = 64;

    /// <summary>When each request was taken.</summary>
    public IReadOnlyList<TimeSpan> Taken => [.. Ours];

    /// <summary>When each request was refused.</summary>
    public List<TimeSpan> Refused { get; } = [];

    private List<TimeSpan> Ours { get; } = [];

    /// <summary>Sends requests of that cost without end, for that long; again: goes on.</summary>
    public SimulatedDeployment Run(double seconds, long cost = 20)
    {
        TimeSpan end = _now + TimeSpan.FromSeconds(seconds);
        if (_cost == 0)
        {
            (_cost, _idle) = (cost, Workers);
            if (OthersPerMinute > 0)
                After(0, SendOther);
            Send();
        }

        while (_events.TryPeek(out Action? action, out (TimeSpan At, int Order) when) && when.At <= end)
        {
            _events.Dequeue();
            _now = when.At;
            action();
        }

        _now = end;
        return this;
    }

    /// <summary>Requests taken in that part of the run, as a share of what the limit allows.</summary>
    public double ShareOfLimit(double from, double to) =>
        Ours.Count(at => at.TotalSeconds >= from && at.TotalSeconds < to) / (RequestsPerMinute!.Value * (to - from) / 60);

    public double ShareRefused(double from)
    {
        double refused = Refused.Count(at => at.TotalSeconds >= from);
        return refused / (refused + Ours.Count(at => at.TotalSeconds >= from));
    }

    private void Send()
    {
        while (_idle > 0)
        {
            if (!Budget.TryTake(_now, _cost, out Grant grant, out TimeSpan wait))
            {
                if (!_isAsked)
                {
                    _isAsked = true;
                    After(Math.Max(0.001, wait.TotalSeconds), () =>
                    {
                        _isAsked = false;
                        Send();
                    });
                }

                return;
            }

            _idle--;
            // The way there: some milliseconds, and now and then some more.
            After(0.004 + (_random.NextDouble() * 0.012), () => Arrive(grant));
        }
    }

    private void Arrive(Grant grant)
    {
        long counted = Math.Max(1, (long)(grant.Cost * CountedShare));
        TimeSpan? refusedFor = Limit(counted, out RefusalKind kind);
        BudgetHeaders headers = TellsLimits
            ? new(RequestsPerMinute, RequestsPerMinute is { } limit ? Math.Max(0, limit - InLast(60).Count()) : null,
                TokensPerMinute, TokensPerMinute is { } tokens ? Math.Max(0, tokens - InLast(60).Sum(static one => one.Cost)) : null)
            : default;
        if (refusedFor is { } asked)
        {
            Refused.Add(_now);
            After(0.01, () =>
            {
                Budget.Refused(_now, grant, headers, TellsLimits ? kind : RefusalKind.Unknown, TellsWait ? asked : null);
                _idle++;
                Send();
            });
            return;
        }

        Ours.Add(_now);
        After(LatencySeconds * (0.5 + _random.NextDouble()), () =>
        {
            Budget.Taken(_now, grant, headers);
            _idle++;
            Send();
        });
    }

    private void SendOther()
    {
        Limit(1, out _);
        After(60 / OthersPerMinute, SendOther);
    }

    private TimeSpan? Limit(long cost, out RefusalKind kind)
    {
        kind = RefusalKind.Requests;
        if (RequestsPerMinute is { } requests && InLast(RequestWindow).Count() + 1 > Math.Ceiling(requests * RequestWindow / 60))
            return Free(RequestWindow, InLast(RequestWindow).First().At);
        kind = RefusalKind.Tokens;
        if (TokensPerMinute is { } tokens && InLast(60).Sum(static one => one.Cost) + cost > tokens)
            return Free(60, InLast(60).First().At);
        _taken.Add((_now, cost));
        return null;
    }

    private TimeSpan Free(double window, TimeSpan oldest) => TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(window - (_now - oldest).TotalSeconds)));

    private IEnumerable<(TimeSpan At, long Cost)> InLast(double seconds)
    {
        TimeSpan from = _now - TimeSpan.FromSeconds(seconds);
        int first = _taken.Count;
        while (first > 0 && _taken[first - 1].At > from)
            first--;
        return _taken.Skip(first);
    }

    private void After(double seconds, Action action) => _events.Enqueue(action, (_now + TimeSpan.FromSeconds(seconds), _order++));
}
