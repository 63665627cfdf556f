using System.Globalization;

namespace LeadDesk.Bench.Desks;

/// <summary>A made list to import: nobody in it is there already.</summary>
public static class CsvFile
{
    private static readonly string[] _first = ["Lena", "Jonas", "Amélie", "Björn", "Zofia", "Marek", "Lucía", "Nuno", "Aoife", "Chiara"];
    private static readonly string[] _last = ["Fischer", "Moreau", "Lindqvist", "Kowalski", "Ferrer", "Duarte", "Byrne", "Bellini", "Novák", "Aalto"];
    private static readonly string[] _cities = ["Leipzig", "Lyon", "Malmö", "Gdynia", "Valencia", "Porto", "Cork", "Parma", "Brno", "Turku"];

    public static string Write(string file, int rows, long from)
    {
        using var to = new StreamWriter(file);
        to.Write("External Id,Name,Company,Email,Phone,City,Lead Source\n");
        for (var n = from; n < from + rows; n++)
        {
            var (first, last) = (_first[n % 10], _last[n / 10 % 10]);
            to.Write(string.Create(CultureInfo.InvariantCulture,
                $"IMP-{n},{first} {last},{last} & Co {n % 977},contact{n}@import{n % 977}.example,+49 30 {1_000_000 + (n % 8_999_999)},{_cities[n / 100 % 10]},Trade fair\n"));
        }

        return file;
    }
}
