using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Serialization;
using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Json;

namespace AzOpenAI.Chat;

/// <summary>Creates objects from responses with a requested format.</summary>
internal sealed class AnswerReader(AnswerForm form, Type? type)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The format to send.</summary>
    public ChatResponseSchema Schema => form.Schema;

    /// <summary>The object of one choice. On the pipeline thread only: the properties of a PowerShell class may run script code.</summary>
    /// <exception cref="AzOpenAIException">AnswerRefused, AnswerTruncated, AnswerFiltered, AnswerInvalid.</exception>
    public object? Read(ChatCompletion completion, ChatChoice choice)
    {
        string json = form.Read(completion, choice);
        if (type is null || type == typeof(PSObject) || type == typeof(PSCustomObject))
            return PowerShellJson.Read(json);
        try
        {
            return JsonSerializer.Deserialize(json, type, Options);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            // If the serializer can't create it, PowerShell's own conversion often can: [Type]@{...}.
            return LanguagePrimitives.TryConvertTo(PowerShellJson.Read(json), type, out object? converted)
                ? converted
                : throw AnswerForm.Invalid(completion, $"it can't be converted to {type}: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }
}
