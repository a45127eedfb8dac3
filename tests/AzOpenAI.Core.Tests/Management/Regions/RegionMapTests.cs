using AzOpenAI.Core.Management.Regions;
using static AzOpenAI.Core.Tests.Management.ScriptedHandler;

namespace AzOpenAI.Core.Tests.Management.Regions;

public sealed class RegionMapTests
{
    [Fact]
    public void Regions_come_by_distance_whatever_their_names_are()
    {
        var map = new RegionMap();
        map.Add("Sweden Central", 60.67488, 17.14127, "Europe");
        map.Add("norwayeast", 59.913868, 10.752245, "Europe");
        map.Add("australiaeast", -33.86, 151.2094, "Asia Pacific");
        map.Add("westeurope", 52.3667, 4.9, "Europe");
        map.Add("eastus", 37.3719, -79.8164, "US");

        Assert.Equal(
            ["norwayeast", "westeurope", "eastus", "australiaeast"], map.ByDistance("swedencentral", ["australiaeast", "East US", "norwayeast", "swedencentral", "westeurope"]));
    }

    [Fact]
    public void The_shorter_way_around_the_earth_counts()
    {
        var map = new RegionMap();
        map.Add("a", 0, 179, null);
        map.Add("near", 0, -179, null);
        map.Add("far", 0, 100, null);

        Assert.Equal(["near", "far"], map.ByDistance("a", ["far", "near"]));
    }

    [Fact]
    public void A_region_without_coordinates_stands_at_the_end_of_its_group_and_an_unknown_one_at_the_end()
    {
        var map = new RegionMap();
        map.Add("swedencentral", 60.67488, 17.14127, "Europe");
        map.Add("norwayeast", 59.913868, 10.752245, "Europe");
        map.Add("italynorth", null, null, "Europe");
        map.Add("eastus", 37.3719, -79.8164, "US");
        map.Add("broken", 500, 17, "US");

        Assert.Equal(["norwayeast", "italynorth", "eastus", "atlantis", "broken"], map.ByDistance("swedencentral", ["atlantis", "broken", "eastus", "italynorth", "norwayeast"]));
    }

    [Fact]
    public void Where_nothing_is_known_the_alphabet_decides() => Assert.Equal(["a", "b"], new RegionMap().ByDistance("x", ["b", "a", "x"]));

    [Theory]
    [InlineData("""{"value":[{"name":"a","metadata":{"latitude":"1.5","longitude":"0"}},{"name":"b","metadata":{"latitude":3,"longitude":0}},{"name":"x","metadata":{"latitude":"0","longitude":"0"}}]}""", "a b")]
    [InlineData("""{"value":[{"name":"b","metadata":{"latitude":"1.5","longitude":"0"}},{"name":"a","metadata":{"latitude":3,"longitude":0}},{"name":"x","metadata":{"latitude":"0","longitude":"0"}}]}""", "b a")]
    [InlineData("""{"value":[{"name":"a"},{"name":"b","metadata":null},{},{"name":"x","metadata":{"latitude":null}}]}""", "a b")]
    [InlineData("""{"value":[{"name":"b","metadata":{"latitude":"north","longitude":"0"}}]}""", "a b")]
    [InlineData("""{"value":"x"}""", "a b")]
    public async Task Coordinates_come_as_text_or_numbers_and_broken_ones_are_none(string answer, string order)
    {
        RegionMap map = await RegionMap.ReadAsync(ScriptedArm.Client(new ScriptedHandler(_ => Json(answer))), ScriptedArm.Token);

        Assert.Equal(order.Split(' '), map.ByDistance("x", ["b", "a"]));
    }
}
