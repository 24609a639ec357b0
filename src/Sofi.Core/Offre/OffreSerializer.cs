using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Sofi.Core.Offre;

/// <summary>
/// Snapshots as text: LHÉO codes, ISO dates, normalised decimals, no blank. Stored rows are never rewritten: an older schema is lifted,
/// step by step, when it is read.
/// </summary>
public static class OffreSerializer
{
    /// <summary>Schema written by this version of Sofi.</summary>
    public const int Schema = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new NormalisedDecimalConverter() },
    };

    /// <summary>One upcaster per step: index 0 lifts schema 1 to 2, and so on.</summary>
    private static readonly Func<JsonNode, JsonNode>[] Upcasters = [];

    /// <summary>Writes a snapshot.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads an offer of any schema written so far; throws on a schema of a later Sofi.</summary>
    public static OffreSaisie ReadOffre(string json)
    {
        var node = JsonNode.Parse(json)!;
        var schema = node["schema"]!.GetValue<int>();
        if (schema > Schema) throw new NotSupportedException($"Snapshot of schema {schema}; this version reads up to {Schema}.");
        foreach (var lift in Upcasters.Skip(schema - 1)) node = lift(node);
        return node.Deserialize<OffreSaisie>(Options)!;
    }

    /// <summary>Reads another snapshot value.</summary>
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;

    /// <summary>1.50 and 1.5 are one amount: the same offer gives the same text on both databases.</summary>
    private sealed class NormalisedDecimalConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value / 1.0000000000000000000000000000m);
    }
}
