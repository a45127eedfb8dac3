using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Tests.DataPlane.Chat;

/// <summary>Schemas are made fit for the service, and what is none never reaches it.</summary>
public sealed class AnswerFormTests
{
    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}}}""",
        """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""", true)]
    [InlineData("""{"properties":{"a":{"properties":{"b":{"type":"string"}}}}}""",
        """{"properties":{"a":{"properties":{"b":{"type":"string"}},"type":"object","required":["b"],"additionalProperties":false}},"type":"object","required":["a"],"additionalProperties":false}""", true)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"required":["a"]}""",
        """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"required":["a"]}""", false)]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""", """{"type":"object","additionalProperties":{"type":"string"}}""", false)]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{}}""",
        """{"type":"object","properties":{},"required":[],"additionalProperties":false}""", true)]
    [InlineData("""{"type":"array","items":{"$ref":"#/$defs/x"},"$defs":{"x":{"type":"string"}}}""",
        """{"type":"object","properties":{"value":{"type":"array","items":{"$ref":"#/$defs/x"}}},"required":["value"],"additionalProperties":false,"$defs":{"x":{"type":"string"}}}""", true)]
    [InlineData("""{"name":"n","strict":false,"schema":{"type":"object","properties":{"a":{"type":"string"}}}}""",
        """{"type":"object","properties":{"a":{"type":"string"}}}""", false)]
    public void A_schema_is_completed_only_where_it_leaves_the_matter_open(string schema, string sent, bool strict)
    {
        ChatResponseSchema made = AnswerForm.Create(schema).Schema;

        Assert.Equal(sent, made.Schema);
        Assert.Equal(strict, made.Strict);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("{\"type\":", "line 1")]
    [InlineData("[]", "$ isn't a JSON object")]
    [InlineData("\"string\"", "$ isn't a JSON object")]
    [InlineData("""{"city":"string"}""", "doesn't contain any schema keyword")]
    [InlineData("""{"type":"strin"}""", "$.type")]
    [InlineData("""{"type":5}""", "$.type")]
    [InlineData("""{"type":"object","properties":[]}""", "$.properties")]
    [InlineData("""{"type":"object","properties":{"a":"string"}}""", "$.properties.a")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"x"}}}""", "$.properties.a.type")]
    [InlineData("""{"type":"object","properties":{},"required":["a"]}""", "'a'")]
    [InlineData("""{"type":"object","required":"a"}""", "$.required")]
    [InlineData("""{"type":"array","items":{"enum":[]}}""", "$.items.enum")]
    public void What_is_no_schema_is_refused_with_its_place(string schema, string place)
    {
        AzOpenAIException error = Assert.Throws<AzOpenAIException>(() => AnswerForm.Create(schema));

        Assert.Equal(nameof(Messages.SchemaInvalid), error.ErrorId);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Titles_become_names_that_the_service_takes()
    {
        Assert.Equal("My_form__", AnswerForm.Create("""{"title":"My form é","type":"object","properties":{}}""").Schema.Name);
        Assert.Equal("answer", AnswerForm.Create("""{"type":"object","properties":{}}""").Schema.Name);
        Assert.Equal(64, AnswerForm.Create("""{"type":"object","properties":{}}""", new string('x', 100)).Schema.Name.Length);
    }

    [Fact]
    public void An_answer_that_was_put_into_an_object_is_taken_out_again()
    {
        AnswerForm form = AnswerForm.Create("""{"type":"array","items":{"type":"integer"}}""");

        Assert.Equal("[1,2]", Read(form, new ChatChoice { Content = """{"value":[1,2]}""", FinishReason = "stop" }));
        Assert.Equal(nameof(Messages.AnswerInvalid), Fail(form, new ChatChoice { Content = "[1,2]", FinishReason = "stop" }).ErrorId);
    }

    [Theory]
    [InlineData(null, "length", "{\"a\":", nameof(Messages.AnswerTruncated))]
    [InlineData(null, "content_filter", "{\"a\":", nameof(Messages.AnswerFiltered))]
    [InlineData(null, "stop", "Here you are", nameof(Messages.AnswerInvalid))]
    [InlineData(null, "stop", "", nameof(Messages.AnswerInvalid))]
    [InlineData("I will not", "stop", "", nameof(Messages.AnswerRefused))]
    public void An_answer_without_the_form_is_an_error_that_keeps_it(string? refusal, string finish, string content, string errorId)
    {
        AnswerForm form = AnswerForm.Create("""{"type":"object","properties":{"a":{"type":"string"}}}""");

        AzOpenAIException error = Fail(form, new ChatChoice { Content = content, FinishReason = finish, Refusal = refusal });

        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(content, Assert.IsType<ChatCompletion>(error.Partial).Content);
        Assert.False(string.IsNullOrEmpty(error.Suggestion));
    }

    private static string Read(AnswerForm form, ChatChoice choice) => form.Read(new ChatCompletion { Choices = [choice], Deployment = "gpt" }, choice);

    private static AzOpenAIException Fail(AnswerForm form, ChatChoice choice) => Assert.Throws<AzOpenAIException>(() => Read(form, choice));
}
