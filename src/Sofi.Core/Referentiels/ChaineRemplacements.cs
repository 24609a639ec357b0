using Sofi.Core.Data;

namespace Sofi.Core.Referentiels;

/// <summary>Follows replacements: A is replaced by B, B by C and D.</summary>
internal static class ChaineRemplacements
{
    /// <summary>
    /// The codes at the end of the chain that starts at <paramref name="code"/>: those that nothing replaces, in the order in which they are
    /// met; never the start itself, and none when the chain only turns in circles.
    /// </summary>
    public static IReadOnlyList<string> Ends(string code, IReadOnlyDictionary<string, Codes> successors)
    {
        var (seen, ends, next) = (new HashSet<string> { code }, new List<string>(), new Queue<string>([code]));
        while (next.TryDequeue(out var current))
        {
            var following = successors.GetValueOrDefault(current);
            if (following is null or { Count: 0 })
            {
                if (current != code) ends.Add(current);
                continue;
            }

            foreach (var successor in following.Where(seen.Add)) next.Enqueue(successor);
        }

        return ends;
    }
}
