namespace AzOpenAI.Tests.Rules;

public sealed class CodeOnlyTests
{
    [Theory]
    [InlineData("a.Wait(); // b.Wait()", "a.Wait(); ")]
    [InlineData("/* x.Wait()\n */ y", "\n y")]
    [InlineData("f(\"x.Wait() \\\" // no\") + g", "f(\"\") + g")]
    [InlineData("f(@\"c:\\\") + g", "f(\"\") + g")]
    [InlineData("f(@\"a \"\" b\") + g", "f(\"\") + g")]
    [InlineData("f($\"a {task.Result} b {{c}}\") + g", "f(\"\"{task.Result}) + g")]
    [InlineData("f($\"{x switch { 1 => \"one\", _ => $\"{y}\" }}\")", "f(\"\"{x switch { 1 => \"\", _ => \"\"{y} }})")]
    [InlineData("f(\"\"\"a \"b\" // c\"\"\") + g", "f(\"\") + g")]
    [InlineData("f($$\"\"\"{ {{t.Result}} }\"\"\") + g", "f(\"\"{t.Result}) + g")]
    [InlineData("c == '\"' || d == '\\'' // e", "c ==  || d ==  ")]
    public void Only_code_is_left(string source, string code) => Assert.Equal(code, CodeOnly.Of(source));
}
