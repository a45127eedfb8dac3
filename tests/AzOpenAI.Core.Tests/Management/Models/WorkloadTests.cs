using AzOpenAI.Core.Management.Models;

namespace AzOpenAI.Core.Tests.Management.Models;

public sealed class WorkloadTests
{
    private static readonly ModelSku Sku = new()
    {
        Name = "GlobalStandard",
        RateLimits = [new RateLimit("request", 1, 60), new RateLimit("token", 1000, 60)],
        Capacity = new CapacityRange { Maximum = 1000 },
    };

    [Theory]
    [InlineData(60, 800, 200, 60)]
    [InlineData(60, 10, 10, 60)]
    [InlineData(10, 3000, 1, 31)]
    [InlineData(1, 0, 0, 1)]
    public void The_tighter_one_of_the_limits_decides(int requests, int prompt, int output, int capacity) =>
        Assert.Equal(capacity, new Workload(requests, prompt, output).CapacityOf(Sku));

    [Fact]
    public void Capacity_goes_up_to_the_next_legal_one_and_no_further_than_the_sku()
    {
        var workload = new Workload(63, 900, 100);

        Assert.Equal(65, workload.CapacityOf(Sku with { Capacity = new CapacityRange { Step = 5, Maximum = 100 } }));
        Assert.Equal(100, workload.CapacityOf(Sku with { Capacity = new CapacityRange { AllowedValues = [10, 100] } }));
        Assert.Null(workload.CapacityOf(Sku with { Capacity = new CapacityRange { Maximum = 50 } }));
    }

    [Fact]
    public void A_sku_without_limits_tells_nothing() => Assert.Null(new Workload(1, 1, 1).CapacityOf(Sku with { RateLimits = [] }));

    [Fact]
    public void A_huge_workload_does_not_overflow() => Assert.Null(new Workload(int.MaxValue, int.MaxValue, int.MaxValue).CapacityOf(Sku));

    [Theory]
    [InlineData("ProvisionedManaged", null, "PTU")]
    [InlineData("DataZoneBatch", null, "1,000 enqueued tokens")]
    [InlineData("Standard", "request", "requests/min")]
    [InlineData("Standard", "token", "1,000 tokens/min")]
    [InlineData("GlobalStandard", null, "1,000 tokens/min")]
    [InlineData("Dedicated", null, null)]
    public void A_unit_is_what_the_sku_counts(string name, string? limit, string? unit) =>
        Assert.Equal(unit, CapacityUnit.Of(new ModelSku { Name = name, RateLimits = limit is null ? [] : [new RateLimit(limit, 1, 60)] }));
}
