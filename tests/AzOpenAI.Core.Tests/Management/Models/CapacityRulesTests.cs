using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Models;

namespace AzOpenAI.Core.Tests.Management.Models;

public sealed class CapacityRulesTests
{
    private static readonly CapacityRange Ptu = new() { Minimum = 15, Maximum = 100, Step = 5 };
    private static readonly CapacityRange Listed = new() { AllowedValues = [1, 10, 100] };

    [Theory]
    [InlineData(15, true)]
    [InlineData(20, true)]
    [InlineData(100, true)]
    [InlineData(14, false)]
    [InlineData(17, false)]
    [InlineData(105, false)]
    [InlineData(0, false)]
    [InlineData(-5, false)]
    public void Steps_and_bounds_decide(int capacity, bool legal) => Assert.Equal(legal, CapacityRules.IsLegal(Ptu, capacity));

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Listed_values_are_the_only_ones(int capacity, bool legal) => Assert.Equal(legal, CapacityRules.IsLegal(Listed, capacity));

    [Fact]
    public void The_legal_neighbours_are_offered()
    {
        Assert.Equal([15, 20], CapacityRules.NearestLegal(Ptu, 17));
        Assert.Equal([15], CapacityRules.NearestLegal(Ptu, 3));
        Assert.Equal([100], CapacityRules.NearestLegal(Ptu, 4000));
        Assert.Equal([10, 100], CapacityRules.NearestLegal(Listed, 50));
        Assert.Equal([100], CapacityRules.NearestLegal(Listed, 500));
        Assert.Equal([int.MaxValue], CapacityRules.NearestLegal(new CapacityRange(), int.MaxValue));
    }

    [Fact]
    public void The_largest_that_fits_is_legal_or_none()
    {
        Assert.Equal(45, CapacityRules.LargestUpTo(Ptu, 47.9));
        Assert.Null(CapacityRules.LargestUpTo(Ptu, 14));
        Assert.Equal(10, CapacityRules.LargestUpTo(Listed, 99));
        Assert.Null(CapacityRules.LargestUpTo(new CapacityRange(), 0));
    }

    [Theory]
    [InlineData("gpt5mini", "gpt-5-mini")]
    [InlineData("GPT-4.o", "gpt-4o")]
    [InlineData("zzzzzzzz", "")]
    public void Near_names_are_found_whatever_the_separators(string name, string nearest) =>
        Assert.Equal(nearest, Nearest.List(name, ["gpt-5-mini", "gpt-4o", "whisper"], 1));

    [Theory]
    [InlineData("West Europe", "westeurope")]
    [InlineData("WESTEUROPE", "westeurope")]
    [InlineData(" west\teurope ", "westeurope")]
    public void Regions_are_the_same_in_every_spelling(string name, string normal) => Assert.Equal(normal, LocationName.Normalize(name));
}
