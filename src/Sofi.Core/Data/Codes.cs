using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sofi.Core.Data;

/// <summary>
/// An ordered list of codes without repetition (modalités, publics, Formacodes…): the value of a multi-choice field.
/// Compared by content, immutable, stored as text <c>|96124|96129|</c> so that both databases can search one code.
/// </summary>
[JsonConverter(typeof(CodesJsonConverter))]
[CollectionBuilder(typeof(Codes), nameof(Create))]
public sealed class Codes : IReadOnlyList<string>, IEquatable<Codes>
{
    /// <summary>The list without any code.</summary>
    public static readonly Codes Aucun = new([]);

    private readonly string[] values;

    private Codes(string[] values) => this.values = values;

    /// <summary>Builds a list: trims, drops blanks and repetitions, keeps the order given.</summary>
    public static Codes Create(ReadOnlySpan<string> codes) => From(codes.ToArray());

    /// <inheritdoc cref="Create"/>
    public static Codes From(IEnumerable<string?>? codes)
    {
        var kept = (codes ?? []).Select(code => code?.Trim() ?? "").Where(code => code.Length > 0).Distinct().ToArray();
        return kept.Length == 0 ? Aucun : new Codes(kept);
    }

    /// <summary>Reads the separated form used by files and by the database: <c>a|b</c>, with or without outer bars.</summary>
    public static Codes Parse(string? text) => From(text?.Split('|'));

    /// <inheritdoc/>
    public string this[int index] => values[index];

    /// <inheritdoc/>
    public int Count => values.Length;

    /// <inheritdoc/>
    public bool Equals(Codes? other) => other is not null && values.AsSpan().SequenceEqual(other.values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Codes);

    /// <inheritdoc/>
    public override int GetHashCode() => values.Aggregate(17, (hash, code) => HashCode.Combine(hash, code));

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => values.GetEnumerator();

    /// <summary>The separated form without outer bars: <c>a|b</c>.</summary>
    public override string ToString() => string.Join('|', values);
}

/// <summary>Stores <see cref="Codes"/> as <c>|a|b|</c>, the empty list as an empty text.</summary>
public sealed class CodesConverter() : ValueConverter<Codes, string>(
    codes => codes.Count == 0 ? "" : "|" + codes + "|", text => Codes.Parse(text));

/// <summary>Compares <see cref="Codes"/> by content; they never change, so a snapshot is the value itself.</summary>
public sealed class CodesComparer() : ValueComparer<Codes>((left, right) => object.Equals(left, right), codes => codes.GetHashCode(), codes => codes);

/// <summary>Writes <see cref="Codes"/> as a JSON array of strings.</summary>
public sealed class CodesJsonConverter : JsonConverter<Codes>
{
    /// <inheritdoc/>
    public override Codes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Codes.From(JsonSerializer.Deserialize<string[]>(ref reader, options));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Codes value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var code in value) writer.WriteStringValue(code);
        writer.WriteEndArray();
    }
}
