using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Limits;

/// <summary>
/// Lets the requests of one deployment go as its budget has room, in the order in which they came. A refusal holds all of them, so that nobody's retry takes
/// another one's place.
/// </summary>
internal sealed class DeploymentGovernor
{
    // What frees the budget earlier than was thought, such as a raised limit, is seen after this time.
    private static readonly TimeSpan MaximumDelay = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly DeploymentBudget _budget = new();
    private readonly Queue<Waiter> _waiters = new();
    private readonly TimeProvider _clock;
    private readonly long _start;
    private bool _isReleasing;
    private TimeSpan _freeAt;

    public DeploymentGovernor(TimeProvider clock)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
    }

    private TimeSpan Now => _clock.GetElapsedTime(_start);

    /// <summary>How long the next request must still wait; zero where none does.</summary>
    public TimeSpan TimeUntilNext()
    {
        lock (_gate)
        {
            TimeSpan left = _waiters.Count == 0 ? TimeSpan.Zero : _freeAt - Now;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Waits for leave to send.</summary>
    /// <param name="cost">Estimated tokens.</param>
    /// <param name="maxWait">Longest pause that the service may have asked for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AzOpenAIException">WaitTooLong: the service asked for a longer pause, before or meanwhile.</exception>
    public ValueTask<Grant> EnterAsync(long cost, TimeSpan maxWait, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_gate)
        {
            TimeSpan now = Now;
            TimeSpan held = _budget.HeldFor(now);
            if (held > maxWait)
                return ValueTask.FromException<Grant>(TooLong(held, maxWait));
            if (_waiters.Count == 0 && _budget.TryTake(now, cost, out Grant grant, out _))
                return new ValueTask<Grant>(grant);
            waiter = new Waiter(cost, maxWait, cancellationToken);
            _waiters.Enqueue(waiter);
            if (!_isReleasing)
            {
                _isReleasing = true;
                _ = ReleaseAsync();
            }
        }

        return new ValueTask<Grant>(waiter.Task);
    }

    /// <summary>An answer came that is no refusal.</summary>
    public void Taken(Grant grant, Func<string, string?> header)
    {
        BudgetHeaders headers = BudgetHeaders.Read(header);
        lock (_gate)
            _budget.Taken(Now, grant, headers);
    }

    /// <summary>A 429 came. The request is to be sent again after <see cref="EnterAsync"/>, unless the pause is too long or nothing has gone through for too long.</summary>
    /// <param name="grant">Of the request.</param>
    /// <param name="header">Reads a header of the refusal.</param>
    /// <param name="maxWait">Longest pause, and longest time in which the deployment takes nothing.</param>
    /// <param name="first">When the request was sent first.</param>
    public RetryDecision Refused(Grant grant, Func<string, string?> header, TimeSpan maxWait, TimeSpan first)
    {
        TimeSpan? asked = RetrySchedule.AskedDelay(header, _clock) ?? BudgetHeaders.Reset(header);
        BudgetHeaders headers = BudgetHeaders.Read(header);
        lock (_gate)
        {
            TimeSpan now = Now;
            TimeSpan delay = _budget.Refused(now, grant, headers, BudgetHeaders.Kind(header), asked);
            TimeSpan unsuccessfulTime = now - (_budget.LastSuccess > first ? _budget.LastSuccess : first);
            return delay > maxWait || unsuccessfulTime + delay > maxWait
                ? RetryDecision.Stop with { Asked = delay > maxWait ? asked : null, BudgetExceeded = true }
                : new RetryDecision(true, TimeSpan.Zero, asked, false);
        }
    }

    private async Task ReleaseAsync()
    {
        while (true)
        {
            TimeSpan wait = TimeSpan.Zero;
            lock (_gate)
            {
                TimeSpan now = Now;
                while (_waiters.TryPeek(out Waiter? waiter))
                {
                    TimeSpan held = _budget.HeldFor(now);
                    if (waiter.Task.IsCompleted || (held > waiter.MaxWait && waiter.Fail(TooLong(held, waiter.MaxWait))))
                    {
                        _waiters.Dequeue();
                        continue;
                    }

                    if (!_budget.TryTake(now, waiter.Cost, out Grant grant, out wait))
                        break;
                    // A request that was given up in this very moment has cost its place; the budget is whole again a minute later.
                    _waiters.Dequeue();
                    waiter.Go(grant);
                }

                if (_waiters.Count == 0)
                {
                    _isReleasing = false;
                    return;
                }

                _freeAt = now + wait;
            }

            TimeSpan pause = wait < MaximumDelay ? wait : MaximumDelay;
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(pause.TotalMilliseconds))), _clock).ConfigureAwait(false);
        }
    }

    private static AzOpenAIException TooLong(TimeSpan held, TimeSpan maxWait) =>
        Failure.Of(nameof(Messages.WaitTooLong), ErrorKind.LimitReached, RetryWait.Show(held), RetryWait.Show(maxWait));

    private sealed class Waiter
    {
        private readonly TaskCompletionSource<Grant> _leave = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CancellationTokenRegistration _registration;

        public Waiter(long cost, TimeSpan maxWait, CancellationToken cancellationToken)
        {
            Cost = cost;
            MaxWait = maxWait;
            _registration = cancellationToken.UnsafeRegister(static (state, token) => ((Waiter)state!)._leave.TrySetCanceled(token), this);
        }

        public long Cost { get; }

        public TimeSpan MaxWait { get; }

        public Task<Grant> Task => _leave.Task;

        public void Go(Grant grant)
        {
            _registration.Unregister();
            _leave.TrySetResult(grant);
        }

        public bool Fail(Exception exception)
        {
            _registration.Unregister();
            _leave.TrySetException(exception);
            return true;
        }
    }
}
