namespace AzOpenAI.Emulator.Management;

/// <summary>A category of content that a policy can filter.</summary>
/// <param name="Name">The name in policies.</param>
/// <param name="MultiLevel">True if it has severities.</param>
/// <param name="Wire">The name in the data plane.</param>
/// <param name="Sources">Where it is checked.</param>
internal sealed record RaiCategory(string Name, bool MultiLevel, string Wire, params string[] Sources)
{
    public static readonly IReadOnlyList<RaiCategory> All =
    [
        new("Hate", true, "hate", "Prompt", "Completion"),
        new("Sexual", true, "sexual", "Prompt", "Completion"),
        new("Selfharm", true, "self_harm", "Prompt", "Completion"),
        new("Violence", true, "violence", "Prompt", "Completion"),
        new("Jailbreak", false, "jailbreak", "Prompt"),
        new("Indirect Attack", false, "indirect_attack", "Prompt"),
        new("Protected Material Text", false, "protected_material_text", "Completion"),
        new("Protected Material Code", false, "protected_material_code", "Completion"),
        new("Profanity", false, "profanity", "Prompt", "Completion"),
    ];

    public static RaiCategory? Find(string name) => All.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
