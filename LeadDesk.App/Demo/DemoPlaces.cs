namespace LeadDesk.App.Demo;

/// <summary>Names, companies and cities of a country; a phone number there has so many digits. Mail goes to <c>.example</c> and phones to 555 numbers: nobody real is called.</summary>
internal sealed record DemoPlace(string Country, string Language, string Zone, string Calling, int Digits, string[] First, string[] Last, (string City, string Area)[] Cities, string[] Companies);

internal static class DemoPlaces
{
    private static readonly DemoPlace[] _all =
    [
        Place("DE", "de", "Europe/Berlin", "49", 10, "Lena Jonas Katrin Stefan Silke Felix Tina Oliver Greta Lukas Ute Malte Frieda Henrik Nele Tobias",
            "Fischer Weber Brandt Lorenz Graf Baumann Winter Vogt Seidel Kern Roth Engel Arnold Busch Peters Lindner Hahn Kuhn",
            "Leipzig:341 Köln:221 Celle:5141 Jena:3641 Ulm:731 Hof:9281 Kiel:431 Mainz:6131 Erfurt:361 Bremen:421", "{0} Optik|{0} Elektro|{0} Holz|{0} Garten|{0} & Partner|Praxis {0}|{0} Logistik GmbH"),
        Place("AT", "de", "Europe/Vienna", "43", 10, "Nina Eva Georg Paul Stefan Clara Matthias Sophie Rolf Johanna",
            "Maurer Hofer Brunner Pichler Amann Gruber Egger Leitner Moser Wallner", "Graz:316 Linz:732 Wien:1 Krems:2732 Bludenz:5552 Salzburg:662", "{0} Bau|{0} Wein|{0} Ski|Studio {0}|{0} Holz|Hotel {0}"),
        Place("CH", "de", "Europe/Zurich", "41", 9, "Adrian Lukas Ida Beat Reto Andrea Urs Mirjam", "Keller Frei Steiner Baumgartner Zürcher Ammann Gerber Bieri", "Bern:31 Zug:41 Chur:81 Basel:61 Luzern:41", "{0}bau|{0} Sport|{0} IT|{0} Treuhand|{0} Uhren"),
        Place("SE", "sv", "Europe/Stockholm", "46", 9, "Hanna Björn Elsa Gustav Maja Nils Ebba Axel Sara Oskar", "Lindqvist Ek Holmberg Nyström Sandberg Åberg Dahl Wallin Berglund Söder", "Malmö:40 Lund:46 Uppsala:18 Örebro:19 Umeå:90", "{0}form AB|{0} Fastigheter|{0} Bygg|{0} Marin|{0} Design AB"),
        Place("NO", "nb", "Europe/Oslo", "47", 8, "Alma Erik Ingrid Sindre Tuva Håkon", "Jørgensen Sund Haugen Lie Bakke Solberg", "Oslo:22 Bergen:55 Trondheim:73 Stavanger:51", "{0} Marin|Fjord {0}|{0} Energi|{0} Sport AS"),
        Place("DK", "da", "Europe/Copenhagen", "45", 8, "Greta Emil Freja Mads Signe Anders", "Holm Larsen Friis Kjær Bruun Dam", "Aarhus:86 Odense:66 Aalborg:98 Esbjerg:75", "{0} & Co|{0} Byg|{0} Møbler|Klinik {0}"),
        Place("FI", "fi", "Europe/Helsinki", "358", 8, "Katrin Aino Eero Tuomas Helmi Ville", "Aalto Niemi Laine Virtanen Koski Salo", "Tampere:3 Turku:2 Oulu:8 Lahti:3", "{0} Oy|{0} Rakennus|{0} Puu Oy"),
        Place("ES", "es", "Europe/Madrid", "34", 9, "Isabel Rosa Paula Javier Lucía Álvaro Carmen Diego Marta Sergio Nuria Rubén", "Ferrer Marín Santos Ortega Molina Vidal Castro Herrero Prieto Cano Gallego Rivas", "Valencia:96 Jaén:953 Vigo:986 Gijón:98 Murcia:968 Zaragoza:976", "{0} Moda|{0} Óptica|{0} Clínica|Bodegas {0}|{0} e Hijos|Talleres {0}"),
        Place("PT", "pt", "Europe/Lisbon", "351", 9, "Sofia Teresa Rui Marta Diogo Beatriz Nuno Joana", "Duarte Alves Correia Moura Teixeira Lopes Barros Freitas", "Porto:22 Évora:266 Braga:253 Coimbra:239 Faro:289", "Vale {0}|{0} Cortiça|Quinta {0}|{0} & Filhos"),
        Place("FR", "fr", "Europe/Paris", "33", 9, "Ines Camille Oscar Louise Hugo Nadia Théo Manon Julien Chloé Bastien Amélie", "Moreau Roux Blanc Petit Lambert Fontaine Girard Lefèvre Chevalier Perrin Masson Renard", "Lyon:4 Nantes:2 Nice:4 Dijon:3 Metz:3 Pau:5 Rennes:2", "Atelier {0}|{0} Paysage|{0} Énergie|{0} & Fils|{0} BTP|{0} Spa"),
        Place("BE", "fr", "Europe/Brussels", "32", 8, "Ruben Elise Lotte Maxime Charlotte Wout", "Wouters Claes Lambrecht Dupont Peeters Delvaux", "Gent:9 Namur:81 Liège:4 Brugge:50", "{0} Fietsen|Maison {0}|{0} Consult"),
        Place("IT", "it", "Europe/Rome", "39", 10, "Marco Chiara Elisa Davide Francesca Matteo Silvia Andrea Giorgia Paolo", "Bellini Greco Ricci Marini Fontana Leone Gallo Serra Villa Costa", "Parma:0521 Asti:0141 Verona:045 Trieste:040 Lucca:0583 Bari:080", "{0} & Figli|{0} Vini|{0} Ottica|Studio {0}|{0} Mobili"),
        Place("PL", "pl", "Europe/Warsaw", "48", 9, "Piotr Jan Marta Agnieszka Tomasz Kinga Paweł Ola Michał Ewa", "Zawada Kowalski Zieliński Mazur Krawczyk Dudek Pawlak Sikora Wilk Król", "Łódź:42 Gdynia:58 Kraków:12 Poznań:61 Lublin:81", "{0} Logistyka|{0} Dom|{0} Meble|Salon {0}|{0} Auto"),
        Place("CZ", "cs", "Europe/Prague", "420", 9, "Marek Marta Tereza Ondřej Lucie Vojtěch", "Novák Kral Svoboda Černý Horák Beneš", "Brno:5 Praha:2 Plzeň:377 Olomouc:585", "{0} Auto|{0} Foto|{0} s.r.o.|Pension {0}"),
        Place("RO", "ro", "Europe/Bucharest", "40", 9, "Daniel Victor Dana Ioana Andrei Raluca", "Petrescu Ionescu Popescu Marin Dobre Stoica", "Cluj:264 Sibiu:269 Iași:232 Brașov:268", "{0} Med|Delta {0}|Carpat {0}|{0} Agro"),
        Place("GR", "el", "Europe/Athens", "30", 10, "Nikos Eleni Yannis Maria Kostas Sofia", "Pappas Markou Lekkas Vlachou Economou Dimas", "Piraeus:21 Patra:261 Volos:2421 Chania:2821", "{0} Marine|{0} Foods|Hotel {0}"),
        Place("NL", "nl", "Europe/Amsterdam", "31", 9, "Tom Sanne Daan Femke Bram Lieke", "Jansen Bakker Visser Smit Mulder Hoekstra", "Delft:15 Breda:76 Zwolle:38 Leiden:71", "{0} Tech|{0} Fietsen|{0} Bloemen BV|Drukkerij {0}"),
        Place("IE", "en", "Europe/Dublin", "353", 9, "Aoife Cian Niamh Declan Orla Sean", "Byrne Kelly Nolan Doyle Keane Walsh", "Cork:21 Galway:91 Limerick:61", "{0} Foods|{0} & Sons|{0} Dental"),
    ];

    private static readonly Dictionary<string, string[]> _countriesOf = new()
    {
        ["DACH"] = ["DE", "DE", "DE", "AT", "AT", "CH"],
        ["Nordics"] = ["SE", "SE", "NO", "DK", "DK", "FI"],
        ["Iberia"] = ["ES", "ES", "ES", "PT", "PT"],
        ["Francophone"] = ["FR", "FR", "FR", "BE"],
        ["Export"] = ["IT", "IT", "PL", "PL", "CZ", "RO", "GR", "NL", "IE"],
        ["VIP"] = ["DE", "FR", "IT", "ES", "SE", "CH", "PL", "NL"],
    };

    /// <summary>The pools that have places.</summary>
    public static IReadOnlyList<string> Pools { get; } = [.. _countriesOf.Keys];

    /// <summary>A place that leads of this pool come from.</summary>
    public static DemoPlace Of(string pool, Random chance)
    {
        var country = chance.Of(_countriesOf[pool]);
        return _all.Single(p => p.Country == country);
    }

    private static DemoPlace Place(string country, string language, string zone, string calling, int digits, string first, string last, string cities, string companies) => new(
        country, language, zone, calling, digits, first.Split(' '), last.Split(' '), [.. cities.Split(' ').Select(c => (c.Split(':')[0], c.Split(':')[1]))], companies.Split('|'));
}
