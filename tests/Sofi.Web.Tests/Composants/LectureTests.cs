using Sofi.Web.Composants.Saisie;

namespace Sofi.Web.Tests.Composants;

/// <summary>What a French user types is understood; what cannot be is told with its remedy.</summary>
public class LectureTests
{
    [Theory]
    [InlineData("10/03/2025")]
    [InlineData("10/3/2025")]
    [InlineData(" 10-03-2025 ")]
    [InlineData("10.03.2025")]
    [InlineData("10 03 2025")]
    [InlineData("2025-03-10")]
    [InlineData("10032025")]
    [InlineData("10/03/25")]
    public void A_date_is_read_as_one_writes_it(string text) => Assert.Equal(new DateOnly(2025, 3, 10), Lecture.Date(text, out _));

    [Theory]
    [InlineData("32/13/2025")]
    [InlineData("29/02/2025")]
    [InlineData("10/03/0025")]
    [InlineData("mars 2025")]
    public void An_impossible_date_says_how_to_write_it(string text)
    {
        Assert.Null(Lecture.Date(text, out var fault));
        Assert.Equal($"« {text} » n'est pas une date : écrivez JJ/MM/AAAA.", fault);
    }

    [Theory]
    [InlineData("9 h 30", 9, 30)]
    [InlineData("9h30", 9, 30)]
    [InlineData("09:30", 9, 30)]
    [InlineData("9 h", 9, 0)]
    [InlineData("9", 9, 0)]
    [InlineData("14H15", 14, 15)]
    [InlineData("9\u00A0h\u00A030 min", 9, 30)]
    public void A_time_is_read_as_one_writes_it(string text, int hours, int minutes) => Assert.Equal(new TimeOnly(hours, minutes), Lecture.Heure(text, out _));

    [Theory]
    [InlineData("25 h")]
    [InlineData("9 h 60")]
    [InlineData("matin")]
    public void An_impossible_time_says_how_to_write_it(string text)
    {
        Assert.Null(Lecture.Heure(text, out var fault));
        Assert.Equal($"« {text} » n'est pas une heure : écrivez par exemple 9 h 30 ou 14:15.", fault);
    }

    [Theory]
    [InlineData("200", 200)]
    [InlineData("1 200", 1200)]
    [InlineData("1\u202F200", 1200)]
    [InlineData("200 h", 200)]
    [InlineData("-5", -5)]
    public void A_whole_number_is_read_as_one_writes_it(string text, int number) => Assert.Equal(number, Lecture.Entier(text, "h", out _));

    [Theory]
    [InlineData("12,5")]
    [InlineData("douze")]
    public void What_is_no_whole_number_says_how_to_write_it(string text)
    {
        Assert.Null(Lecture.Entier(text, null, out var fault));
        Assert.Equal($"« {text} » n'est pas un nombre entier : écrivez-le en chiffres, par exemple 12.", fault);
    }

    [Fact]
    public void A_number_beyond_all_sense_is_said_to_be_too_big()
    {
        Assert.Null(Lecture.Entier("99 999 999 999", null, out var fault));
        Assert.Equal("« 99 999 999 999 » est un nombre trop grand : vérifiez-le.", fault);
        Assert.Null(Lecture.Nombre("-9999999999,5", "€", out fault));
        Assert.Equal("« -9999999999,5 » est un nombre trop grand : vérifiez-le.", fault);
    }

    [Theory]
    [InlineData("1 234,50", "1234.50")]
    [InlineData("1234.5", "1234.5")]
    [InlineData("1\u00A0234,5", "1234.5")]
    [InlineData("1.234,50", "1234.50")]
    [InlineData("1,234.50", "1234.50")]
    [InlineData("12,50 €", "12.50")]
    [InlineData("0", "0")]
    public void An_amount_is_read_as_one_writes_it(string text, string number) =>
        Assert.Equal(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture), Lecture.Nombre(text, "€", out _));

    [Theory]
    [InlineData("douze")]
    [InlineData("1e9")]
    public void What_is_no_amount_says_how_to_write_it(string text)
    {
        Assert.Null(Lecture.Nombre(text, null, out var fault));
        Assert.Equal($"« {text} » n'est pas un nombre : écrivez-le en chiffres, par exemple 1 234,50.", fault);
    }

    [Theory]
    [InlineData("Date début", "Date début : choisissez une date.", "Choisissez une date.")]
    [InlineData("Date début", "Date début : choisissez.", "Choisissez.")]
    [InlineData("Date", "Date début : choisissez.", "Date début : choisissez.")]
    [InlineData("Date fin", "La date de fin précède la date de début.", "La date de fin précède la date de début.")]
    public void Beside_its_field_a_message_loses_its_label(string libelle, string message, string rest) => Assert.Equal(rest, Libelles.Without(libelle, message));

    [Theory]
    [InlineData("Date début", "Date début : choisissez une date.", "Date début : choisissez une date.")]
    [InlineData("Date fin", "La date de fin précède la date de début.", "Date fin : la date de fin précède la date de début.")]
    [InlineData("URL PDF", "URL incomplète.", "URL PDF : URL incomplète.")]
    public void In_a_list_a_message_has_its_label_once(string libelle, string message, string whole) => Assert.Equal(whole, Libelles.With(libelle, message));
}
