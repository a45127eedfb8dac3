using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Limits;

/// <summary>
/// Sends the requests of one deployment in order, as its budget allows. A rejection delays all of them, so that a retry doesn't overtake
/// another request.
/// </summary>
internal sealed class DeploymentGovernor
{
    // Changes that free the budget earlier than expected, such as a raised limit, are noticed after this time.
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

    /// <summary>How long the next request must still wait; zero if none is waiting.</summary>
    public TimeSpan TimeUntilNext()
    {
        lock (_gate)
        {
            TimeSpan left = _waiters.Count == 0 ? TimeSpan.Zero : _freeAt - Now;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Waits for permission to send.</summary>
    /// <param name="cost">Estimated tokens.</param>
    /// <param name="maxWait">Maximum delay that the service may request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AzOpenAIException">WaitTooLong: the service requested a longer delay, before or meanwhile.</exception>
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

    /// <summary>Records a response that isn't a 429.</summary>
    public void Taken(Grant grant, Func<string, string?> header)
    {
        BudgetHeaders headers = BudgetHeaders.Read(header);
        lock (_gate)
            _budget.Taken(Now, grant, headers);
    }

    /// <summary>Records a 429. The request is retried after <see cref="EnterAsync"/>, unless the delay or the time without success is too long.</summary>
    /// <param name="grant">The grant of the request.</param>
    /// <param name="header">Reads a header of the response.</param>
    /// <param name="maxWait">Maximum delay, and maximum time in which the deployment accepts nothing.</param>
    /// <param name="first">When the request was first sent.</param>
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
                    // A request canceled at this moment has used its share; the budget recovers within a minute.
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
