using System.Globalization;
using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Imports;

/// <summary>Where files of imports lie: under the desk's data, never where the web server would hand them out.</summary>
public sealed class ImportFolder(string root)
{

    /// <summary>The file of a stored job, until the job is over.</summary>
    public string Stored(BatchId batch) => Path.Combine(Made(root), string.Create(CultureInfo.InvariantCulture, $"{batch.Value}.csv"));

    /// <summary>Where the command line leaves the rows that failed.</summary>
    public string Failed(BatchId batch) => Path.Combine(Made(root), string.Create(CultureInfo.InvariantCulture, $"{batch.Value}-failed.csv"));

    /// <summary>Uploaded files whose import was not started yet.</summary>
    public string Waiting => Made(Path.Combine(root, "waiting"));

    private static string Made(string folder) => Directory.CreateDirectory(folder).FullName;
}
