namespace AzOpenAI.Emulator.DataPlane.Filters;

/// <summary>Categories in the data plane's spelling, and where they are checked.</summary>
internal static class FilterCategories
{
    public const string Jailbreak = "jailbreak";
    public const string IndirectAttack = "indirect_attack";
    public const string Profanity = "profanity";
    public const string PersonalInformation = "personally_identifiable_information";
    public const string ProtectedMaterialText = "protected_material_text";
    public const string ProtectedMaterialCode = "protected_material_code";
    public const string UngroundedMaterial = "ungrounded_material";

    /// <summary>The four with severities; on both sides.</summary>
    public static readonly IReadOnlyList<string> Severities = ["hate", "self_harm", "sexual", "violence"];

    private static readonly string[] PromptStandard = [.. Severities, Jailbreak];

    private static readonly string[] CompletionStandard = [.. Severities, ProtectedMaterialCode, ProtectedMaterialText];

    private static readonly string[] PromptKnown = [.. PromptStandard, IndirectAttack, Profanity, PersonalInformation];

    private static readonly string[] CompletionKnown = [.. CompletionStandard, Profanity, PersonalInformation, UngroundedMaterial];

    /// <summary>Annotated even if nothing was found.</summary>
    public static IReadOnlyList<string> Standard(FilterSource source) => source == FilterSource.Prompt ? PromptStandard : CompletionStandard;

    public static IReadOnlyList<string> Known(FilterSource source) => source == FilterSource.Prompt ? PromptKnown : CompletionKnown;

    public static bool HasSeverity(string category) => Severities.Contains(category, StringComparer.Ordinal);
}
