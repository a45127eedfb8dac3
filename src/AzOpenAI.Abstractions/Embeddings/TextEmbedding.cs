using System.Globalization;

namespace AzOpenAI;

/// <summary>The embedding of a text: a vector that represents its meaning.</summary>
public sealed record TextEmbedding
{
    private const int Shown = 3;

    /// <summary>Position of the text among all inputs of the command, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The text.</summary>
    public string Text { get; init; } = "";

    /// <summary>The vector. Vectors of the service's models have length 1 unless they were shortened elsewhere.</summary>
    public float[] Embedding { get; init; } = [];

    /// <summary>Number of dimensions.</summary>
    public int Dimensions => Embedding.Length;

    /// <summary>The pipeline input for the text: the text itself, or the object that it was read from.</summary>
    public object? Input { get; init; }

    /// <summary>The model that responded, as reported by the service.</summary>
    public string? Model { get; init; }

    /// <summary>The deployment that was called.</summary>
    public string? Deployment { get; init; }

    /// <summary>The text's share of the billed tokens of its batch, by length: the shares add up to the total. Null if the service didn't report them.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>The ID that the service assigned to the request that included the text.</summary>
    public string? RequestId { get; init; }

    /// <summary>Returns how similar two texts are: 1 for the same direction, 0 unrelated, -1 opposite.</summary>
    /// <param name="other">An embedding with the same model and number of dimensions.</param>
    /// <exception cref="ArgumentException">The vectors differ in length.</exception>
    public double CosineSimilarity(TextEmbedding other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return CosineSimilarity(other.Embedding);
    }

    /// <summary>As the other overload, for a vector from elsewhere, such as a file or a database.</summary>
    /// <param name="vector">A vector with the same model and number of dimensions.</param>
    /// <returns>-1 to 1; 0 if one of the vectors has length 0.</returns>
    /// <exception cref="ArgumentException">The vectors differ in length.</exception>
    public double CosineSimilarity(float[] vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        if (vector.Length != Embedding.Length)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The vectors have {Embedding.Length} and {vector.Length} dimensions. Only vectors from the same model and with the same -Dimensions can be compared."),
                nameof(vector));
        }

        double product = 0;
        double own = 0;
        double others = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            double a = Embedding[i];
            double b = vector[i];
            product += a * b;
            own += a * a;
            others += b * b;
        }

        return own == 0 || others == 0 ? 0 : Math.Clamp(product / Math.Sqrt(own * others), -1, 1);
    }

    /// <summary>Shows the first numbers of the vector and its length.</summary>
    public override string ToString()
    {
        IEnumerable<string> numbers = Embedding.Take(Shown).Select(static number => number.ToString("0.0000", CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"[{string.Join(", ", numbers)}{(Embedding.Length > Shown ? ", ..." : "")}] ({Embedding.Length})");
    }
}
