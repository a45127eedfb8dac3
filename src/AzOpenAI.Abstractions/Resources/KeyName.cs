namespace AzOpenAI;

/// <summary>The two keys of a resource. Both grant the same access, so that one can be regenerated while the other is in use.</summary>
public enum KeyName : long
{
    /// <summary>The first key.</summary>
    Key1 = 1,

    /// <summary>The second key.</summary>
    Key2 = 2,
}
