namespace AzOpenAI;

/// <summary>An object that can be piped to a data-plane cmdlet as the connection.</summary>
public interface IConnectionSource
{
    /// <summary>The connection.</summary>
    Connection Connection { get; }
}
