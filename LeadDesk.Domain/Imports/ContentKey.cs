using System.Security.Cryptography;
using System.Text;

namespace LeadDesk.Domain.Imports;

/// <summary>
/// Recognises a row by its whole content: every header with its cell where there is one, whatever the columns are mapped to and in whatever
/// order they stand.
/// </summary>
public sealed class ContentKey(IReadOnlyList<string> headers)
{
    private readonly int[] _order = [.. Enumerable.Range(0, headers.Count).OrderBy(i => headers[i], StringComparer.Ordinal).ThenBy(i => i)];
    private readonly byte[][] _headers = [.. headers.Select(h => Encoding.UTF8.GetBytes(h + "\0"))];
    private byte[] _buffer = new byte[4096];

    /// <param name="cells">Trimmed.</param>
    /// <param name="isLeftOut">Columns that do not belong to the row's own content.</param>
    public string Of(IReadOnlyList<string> cells, Func<int, bool> isLeftOut)
    {
        var length = 0;
        foreach (var i in _order)
        {
            if (i < cells.Count && cells[i].Length > 0 && !isLeftOut(i))
            {
                var needed = length + _headers[i].Length + Encoding.UTF8.GetMaxByteCount(cells[i].Length) + 1;
                if (needed > _buffer.Length)
                {
                    Array.Resize(ref _buffer, needed * 2);
                }

                _headers[i].CopyTo(_buffer, length);
                length += _headers[i].Length;
                length += Encoding.UTF8.GetBytes(cells[i], _buffer.AsSpan(length));
                _buffer[length++] = 1;
            }
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_buffer.AsSpan(0, length), hash);
        return Convert.ToHexStringLower(hash[..16]);
    }
}
