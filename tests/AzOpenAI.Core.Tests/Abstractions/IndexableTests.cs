using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AzOpenAI.Core.Tests.Abstractions;

/// <summary>What PowerShell makes of a list depends on its type: it indexes arrays and what has a public indexer.</summary>
public sealed class IndexableTests
{
    public static TheoryData<string, string> ListProperties => [.. from type in typeof(ChatCompletion).Assembly.GetExportedTypes()
        from property in type.GetProperties()
        where property.PropertyType is { IsGenericType: true } list && list.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && property.SetMethod is { IsPublic: true }
        select (type.FullName!, property.Name)];

    [Theory]
    [MemberData(nameof(ListProperties))]
    public void A_list_of_any_type_can_be_indexed_in_the_shell(string type, string name)
    {
        Type owner = typeof(ChatCompletion).Assembly.GetType(type, throwOnError: true)!;
        PropertyInfo property = owner.GetProperty(name)!;
        Type element = property.PropertyType.GetGenericArguments()[0];
        object? item = element.IsValueType ? Activator.CreateInstance(element) : null;
        object list = typeof(IndexableTests).GetMethod(nameof(Hidden), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(element).Invoke(null, [item])!;
        object target = RuntimeHelpers.GetUninitializedObject(owner);

        property.SetValue(target, list);

        object kept = property.GetValue(target)!;
        Assert.True(kept.GetType().IsArray || kept.GetType() is { IsVisible: true } visible && visible.GetDefaultMembers().Length > 0, $"{kept.GetType()} cannot be indexed.");
        Assert.Equal(2, ((IEnumerable)kept).Cast<object?>().Count());
    }

    // What a collection expression makes of a sequence: a type that only the compiler knows.
    private static IReadOnlyList<T> Hidden<T>(T item) => [.. Enumerable.Repeat(item, 2)];
}
