namespace Sofi.Core.Data;

/// <summary>What is wrong in a file brought from outside: where, what, and how to put it right. In French, shown as it is.</summary>
/// <param name="Sheet">Sheet (or file of the archive) concerned; <c>null</c> for the whole file.</param>
/// <param name="Line">Line, counted from 1 as a spreadsheet does; <c>null</c> for the whole sheet.</param>
/// <param name="Column">Header of the column, or its letters when it has none; <c>null</c> for the whole line.</param>
/// <param name="Value">Value found, as the file writes it; <c>null</c> when the fault is an absence.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">How to put it right.</param>
/// <param name="Blocking">False for a warning: the file may be taken as it is.</param>
public sealed record FileFault(string? Sheet, int? Line, string? Column, string? Value, string Message, string Remedy, bool Blocking = true)
{
    private const int ShownValue = 80;

    /// <summary>The fault on one line: "lots, ligne 12, colonne nb_places, « douze » : …".</summary>
    public override string ToString()
    {
        string?[] steps = [Sheet, Line is null ? null : "ligne " + Line, Column is null ? null : "colonne " + Column, Quoted()];
        var place = string.Join(", ", steps.OfType<string>());
        return $"{(place.Length == 0 ? "" : place + " : ")}{Message} {Remedy}";
    }

    private string? Quoted() => Value is null ? null : Value.Length <= ShownValue ? $"« {Value} »" : $"« {Value[..ShownValue]}… »";
}

/// <summary>A file that Sofi refuses whole: nothing of it is written.</summary>
/// <param name="faults">Every reason found, in the order of the lines; at least one.</param>
public sealed class FileRefusedException(IReadOnlyList<FileFault> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>A file that cannot be read at all: not the expected container, too large, damaged, or dangerous.</summary>
    public FileRefusedException(FileFault fault) : this([fault])
    {
    }

    /// <summary>A refusal that concerns the whole file.</summary>
    public FileRefusedException(string file, string message, string remedy) : this(new FileFault(file, null, null, null, message, remedy))
    {
    }

    /// <summary>Why, and how to put it right.</summary>
    public IReadOnlyList<FileFault> Faults => faults;

    /// <summary>The first reason.</summary>
    public FileFault Fault => faults[0];
}
