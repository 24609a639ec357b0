using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sofi.Core.Offre;

/// <summary>
/// Snapshots as text: LHÉO codes, ISO dates, normalised decimals, no blank. Stored rows are never rewritten: an older schema is lifted,
/// step by step, when it is read.
/// </summary>
public static class OffreSerializer
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ReadFichesBlank } },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new NormalisedDecimalConverter() },
    };

    /// <summary>One upcaster per step of <see cref="OffreSaisie"/>: index 0 lifts schema 1 to 2, and so on.</summary>
    private static readonly Func<JsonNode, JsonNode>[] OffreUpcasters = [];

    /// <summary>One upcaster per step of <see cref="FaitsAction"/>.</summary>
    private static readonly Func<JsonNode, JsonNode>[] FaitsUpcasters = [];

    /// <summary>Writes a snapshot.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads an offer of any schema written so far; throws on a schema of a later Sofi.</summary>
    public static OffreSaisie ReadOffre(string json) => Read<OffreSaisie>(json, OffreUpcasters);

    /// <summary>Reads live facts of any schema written so far; throws on a schema of a later Sofi.</summary>
    public static FaitsAction ReadFaits(string json) => Read<FaitsAction>(json, FaitsUpcasters);

    /// <summary>Reads one fiche, or one line of an inner table.</summary>
    internal static object? ReadFiche(JsonElement fiche, Type type) => fiche.Deserialize(type, Options);

    private static T Read<T>(string json, Func<JsonNode, JsonNode>[] upcasters)
    {
        var node = JsonNode.Parse(json)!;
        var schema = node["schema"]!.GetValue<int>();
        var present = upcasters.Length + 1;
        if (schema > present) throw new NotSupportedException($"{typeof(T).Name} of schema {schema}; this version reads up to {present}.");
        foreach (var lift in upcasters.Skip(schema - 1)) node = lift(node);
        return node.Deserialize<T>(Options)!;
    }

    /// <summary>What a snapshot does not name is blank: a preset of the screen (recrutement ouvert, TVA 0) never comes back in its place.</summary>
    private static void ReadFichesBlank(JsonTypeInfo type)
    {
        if (type.CreateObject is not { } create || Champ.Of(type.Type) is not { Count: > 0 } fields) return;
        var fresh = create();
        var preset = fields.Where(champ => !champ.Multiple && champ.Read(fresh) is not null).ToList();
        type.CreateObject = () =>
        {
            var fiche = create();
            foreach (var champ in preset) champ.Property.SetValue(fiche, null);
            return fiche;
        };
    }

    /// <summary>1.50 and 1.5 are one amount: the same offer gives the same text on both databases.</summary>
    private sealed class NormalisedDecimalConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value / 1.0000000000000000000000000000m);
    }
}
