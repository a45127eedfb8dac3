using AzOpenAI.Core.Tools;

namespace AzOpenAI.Core.Tests.Tools;

public sealed class ToolArgumentsTests
{
    private const string Schema = """
        {"type":"object","properties":{
          "City":{"type":"string","minLength":2,"maxLength":5,"pattern":"^[a-z]+$"},
          "Days":{"type":"integer","minimum":1,"maximum":7},
          "Share":{"type":"number"},
          "Unit":{"type":"string","enum":["Celsius","Kelvin"]},
          "Level":{"type":"integer","enum":[1,2]},
          "Tags":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":2},
          "Filter":{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"],"additionalProperties":false},
          "Odd":{"type":["integer","null"]},
          "Any":{},
          "On":{"type":"boolean"}},
         "required":["City"],"additionalProperties":false}
        """;

    [Theory]
    [InlineData("""{"City":"oslo"}""")]
    [InlineData("""{"City":"OSLO","Unit":"celsius","Days":7,"Share":1.5,"Tags":["a","b"],"On":false,"Any":{"x":[1]},"Filter":{"a":1},"Level":2}""")]
    [InlineData("""{"City":"oslo","Days":3.0}""")]
    [InlineData("""{"City":"oslo","Days":null,"Tags":null}""")]
    [InlineData("""{"city":"oslo","DAYS":1}""")]
    public void What_fits_passes(string arguments) => Assert.Empty(ToolArguments.Read(Schema, arguments).Problems);

    [Theory]
    [InlineData("", "'City' is required")]
    [InlineData("{", "aren't valid JSON")]
    [InlineData("[]", "aren't a JSON object")]
    [InlineData("""{"City":null}""", "'City' is required")]
    [InlineData("""{"City":"o"}""", "at least 2 characters")]
    [InlineData("""{"City":"stockholm"}""", "at most 5 characters")]
    [InlineData("""{"City":"o5lo"}""", "must match the pattern")]
    [InlineData("""{"City":5}""", "must be string, not number")]
    [InlineData("""{"City":"oslo","Days":0}""", "at least 1")]
    [InlineData("""{"City":"oslo","Days":1e30}""", "at most 7")]
    [InlineData("""{"City":"oslo","Days":1.5}""", "must be integer")]
    [InlineData("""{"City":"oslo","Unit":"Fahrenheit"}""", "one of Celsius, Kelvin")]
    [InlineData("""{"City":"oslo","Level":3}""", "one of 1, 2")]
    [InlineData("""{"City":"oslo","Tags":[]}""", "at least 1 items")]
    [InlineData("""{"City":"oslo","Tags":["a","b","c"]}""", "at most 2 items")]
    [InlineData("""{"City":"oslo","Tags":["a",2]}""", "'Tags[1]' must be string")]
    [InlineData("""{"City":"oslo","Tags":"a"}""", "must be array, not string")]
    [InlineData("""{"City":"oslo","Filter":{"b":1}}""", "'Filter' doesn't have a property 'b'")]
    [InlineData("""{"City":"oslo","Filter":{}}""", "'Filter.a' is required")]
    [InlineData("""{"City":"oslo","On":"true"}""", "must be boolean, not string")]
    [InlineData("""{"City":"oslo","Country":"NO"}""", "no parameter 'Country'; valid parameters are City, Days")]
    [InlineData("""{"City":"oslo","CITY":"riga"}""", "specified twice")]
    public void What_does_not_fit_is_told_and_nothing_is_left_to_run(string arguments, string problem)
    {
        ToolArguments read = ToolArguments.Read(Schema, arguments);

        Assert.Contains(read.Problems, found => found.Contains(problem, StringComparison.Ordinal));
        Assert.Empty(read.Values);
    }

    [Fact]
    public void Names_come_as_the_schema_spells_them_and_null_is_left_out_unless_it_is_a_value()
    {
        ToolArguments read = ToolArguments.Read(Schema, """{"city":"oslo","days":null,"odd":null}""");

        Assert.Equal(["City", "Odd"], read.Values.Select(static pair => pair.Key));
        Assert.Equal("null", read.Values[1].Value);
    }

    [Fact]
    public void Digits_are_kept() => Assert.Equal("0.1234567890123456789", ToolArguments.Read(Schema, """{"City":"oslo","Share":0.1234567890123456789}""").Values[1].Value);

    [Fact]
    public void A_tool_without_parameters_takes_nothing_and_says_so()
    {
        const string none = """{"type":"object","properties":{},"additionalProperties":false}""";
        Assert.Empty(ToolArguments.Read(none, " ").Problems);
        Assert.Contains("valid parameters are none", Assert.Single(ToolArguments.Read(none, """{"a":1}""").Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_is_none_is_left_to_the_command() =>
        Assert.Empty(ToolArguments.Read("""{"type":"object","properties":{"a":{"type":"string","pattern":"("}}}""", """{"a":"x"}""").Problems);

    [Fact]
    public void A_flood_of_mistakes_is_told_in_five() =>
        Assert.Equal(5, ToolArguments.Read(Schema, $$"""{{{string.Join(',', Enumerable.Range(0, 50).Select(static i => $"\"x{i}\":1"))}}}""").Problems.Count);
}
