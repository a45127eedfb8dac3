namespace AzOpenAI;

/// <summary>Anything that can be piped into a data-plane cmdlet as the place to call.</summary>
public interface IConnectionSource
{
    /// <summary>Where and how to call.</summary>
    Connection Connection { get; }
}
