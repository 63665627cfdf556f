using System.Security.Cryptography;
using System.Text.Json;
using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Imports;

/// <summary>An uploaded file on its way to being an import: what it is called, and what its person has chosen so far.</summary>
/// <param name="Order">None before the columns were looked at.</param>
public sealed record WaitingFile(string FileName, string? Order);

/// <summary>
/// Uploaded files whose import was not started yet. Each belongs to whoever uploaded it: the name on disk carries their id, so somebody else's
/// token finds nothing. What was forgotten for a day is thrown away.
/// </summary>
public sealed class WaitingFiles(ImportFolder folder, TimeProvider clock)
{
    private static readonly TimeSpan _kept = TimeSpan.FromDays(1);

    /// <summary>Reads the stream to its end; none where it is longer than the largest file, and then nothing is kept.</summary>
    public async Task<string?> PutAsync(EmployeeId owner, string fileName, Stream content, CancellationToken ct)
    {
        Forget();
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        try
        {
            var isWhole = await CopyAsync(content, Csv(owner, token), ct);
            if (!isWhole)
            {
                Remove(owner, token);
                return null;
            }

            await File.WriteAllTextAsync(Notes(owner, token), JsonSerializer.Serialize(new WaitingFile(Shortened(fileName), null)), ct);
            return token;
        }
        catch
        {
            Remove(owner, token);
            throw;
        }
    }

    public WaitingFile? Find(EmployeeId owner, string token) =>
        IsToken(token) && File.Exists(Notes(owner, token)) ? JsonSerializer.Deserialize<WaitingFile>(File.ReadAllText(Notes(owner, token))) : null;

    /// <summary>Where the rows are.</summary>
    public string PathOf(EmployeeId owner, string token) => Csv(owner, IsToken(token) ? token : throw new ArgumentException("No token.", nameof(token)));

    /// <summary>Keeps what was chosen, so that a page opened again goes on from there.</summary>
    public void Keep(EmployeeId owner, string token, ImportOrder order)
    {
        if (Find(owner, token) is { } file)
        {
            File.WriteAllText(Notes(owner, token), JsonSerializer.Serialize(file with { Order = order.ToJson() }));
        }
    }

    public void Remove(EmployeeId owner, string token)
    {
        if (IsToken(token))
        {
            File.Delete(Csv(owner, token));
            File.Delete(Notes(owner, token));
        }
    }

    private static async Task<bool> CopyAsync(Stream content, string path, CancellationToken ct)
    {
        var (buffer, total) = (new byte[128 * 1024], 0L);
        await using var file = File.Create(path);
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            total += read;
            if (total <= ImportFile.LargestFile)
            {
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }

        return total <= ImportFile.LargestFile;
    }

    private void Forget()
    {
        var before = clock.GetUtcNow() - _kept;
        foreach (var file in new DirectoryInfo(folder.Waiting).EnumerateFiles().Where(f => f.LastWriteTimeUtc < before.UtcDateTime))
        {
            file.Delete();
        }
    }

    private string Csv(EmployeeId owner, string token) => Path.Combine(folder.Waiting, $"{owner.Value}-{token}.csv");

    private string Notes(EmployeeId owner, string token) => Path.Combine(folder.Waiting, $"{owner.Value}-{token}.json");

    private static bool IsToken(string token) => token.Length == 32 && token.All(char.IsAsciiHexDigitLower);

    private static string Shortened(string fileName)
    {
        var name = Path.GetFileName(fileName.Replace('\\', '/'));
        return name.Length == 0 ? "leads.csv" : name.Length > 100 ? name[^100..] : name;
    }
}
