using System.Text;

namespace LeadDesk.Tests.Imports;

/// <summary>A folder for the files of one test.</summary>
public sealed class FileBox : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leaddesk-import-").FullName;

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public string Put(string name, byte[] content)
    {
        File.WriteAllBytes(Path(name), content);
        return Path(name);
    }

    public string Put(string name, string text, Encoding? encoding = null)
    {
        var by = encoding ?? new UTF8Encoding(false);
        return Put(name, [.. by.GetPreamble(), .. by.GetBytes(text)]);
    }

    public void Dispose() => Directory.Delete(_folder, true);
}
