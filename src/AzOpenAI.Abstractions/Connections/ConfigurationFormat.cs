namespace AzOpenAI;

/// <summary>The format of a connection's settings.</summary>
public enum ConfigurationFormat : long
{
    /// <summary>Lines of <c>export NAME='value'</c>, for a POSIX shell to source.</summary>
    Env,

    /// <summary>Lines of <c>NAME=value</c>, for dotenv readers and <c>docker --env-file</c>; a POSIX shell can read them too.</summary>
    Dotenv,

    /// <summary>A flat JSON object.</summary>
    Json,

    /// <summary>Assignments to <c>$env:NAME</c>, for PowerShell to dot-source.</summary>
    PowerShell,

    /// <summary>A module <c>config.py</c> with AZURE_ENDPOINT, AZURE_API_KEY, AZURE_API_VERSION and AZURE_ENGINE.</summary>
    Python,

    /// <summary>Lines for the file in <c>GITHUB_ENV</c> or <c>GITHUB_OUTPUT</c>.</summary>
    GitHubActions,

    /// <summary>Logging commands that set variables in Azure Pipelines.</summary>
    AzurePipelines,
}
