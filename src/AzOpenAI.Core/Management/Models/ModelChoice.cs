using System.Globalization;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Management.Models;

/// <summary>The model and version of a deployment, and the problems with them.</summary>
internal sealed record ModelChoice
{
    /// <summary>The format of Azure OpenAI's own models.</summary>
    public const string UsualFormat = "OpenAI";

    /// <summary>The entry of the catalog, or null.</summary>
    public Model? Model { get; private init; }

    public IReadOnlyList<Finding> Findings { get; private init; } = [];

    /// <summary>Alternative names or versions, best first.</summary>
    public IReadOnlyList<string> Instead { get; private init; } = [];

    public static ModelChoice Of(IReadOnlyList<Model> offered, string name, string? version, string? format, string location, DateTimeOffset now)
    {
        Model[] named = [.. offered.Where(m => Same(m.Name, name))];
        string[] formats = [.. named.Select(m => m.Format).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
        if (format is null && formats.Length > 1)
        {
            return new ModelChoice
            {
                Findings =
                [
                    new Finding(nameof(Messages.ModelFormatAmbiguous), ErrorKind.InvalidInput, "multiple formats", named[0].Name, $"in {location}", string.Join(", ", formats)),
                ],
            };
        }

        Model[] versions = [.. named.Where(m => Same(m.Format, format ?? m.Format)).OrderByDescending(m => m.Version, StringComparer.OrdinalIgnoreCase)];
        if (versions.Length == 0)
        {
            return new ModelChoice
            {
                Findings = [new Finding(nameof(Messages.ModelNotOffered), ErrorKind.NotAvailable, "model not available", name, $"in {location}")],
                Instead = Nearest.Of(name, offered.Where(m => Same(m.Format, format ?? m.Format) && m.IsDeployable).Select(m => m.Name)),
            };
        }

        // Without a default the service would reject or choose; the user means the newest that can be deployed.
        Model? model = version is not null
            ? versions.FirstOrDefault(m => Same(m.Version, version))
            : versions.FirstOrDefault(m => m.IsDefaultVersion) ?? versions.FirstOrDefault(m => m.IsDeployable) ?? versions[0];
        string[] deployable = [.. versions.Where(m => m.IsDeployable).Select(m => m.Version)];
        if (model is null)
        {
            return new ModelChoice
            {
                Findings = [new Finding(nameof(Messages.ModelVersionNotFound), ErrorKind.NotAvailable, "version not available", versions[0].Name, version, $"in {location}")],
                Instead = deployable,
            };
        }

        return new ModelChoice { Model = model, Findings = Lifecycle(model, now), Instead = [.. deployable.Where(v => v != model.Version)] };
    }

    private static Finding[] Lifecycle(Model model, DateTimeOffset now)
    {
        string since = model.RetirementDate is DateTimeOffset date ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
        if (ModelMapper.IsRetired(model.LifecycleStatus, model.RetirementDate, now))
        {
            string text = model.RetirementDate <= now ? $" on {since}" : "";
            return [new Finding(nameof(Messages.ModelRetired), ErrorKind.NotAvailable, $"retired{text}", model.Name, model.Version, text)];
        }

        if (ModelMapper.IsDeprecating(model.LifecycleStatus))
        {
            string text = since.Length > 0 ? $" (on {since})" : "";
            return [new Finding(nameof(Messages.ModelDeprecating), ErrorKind.NotAvailable, "being retired", model.Name, model.Version, text)];
        }

        return [];
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
