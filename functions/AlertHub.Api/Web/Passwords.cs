using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace AlertHub.Api.Web;

/// <summary>Passwords that were compared before, so that a scrape does not cost what bcrypt costs on purpose.</summary>
internal sealed class Passwords : IDisposable
{
    private const int MostRemembered = 1000;

    /// <summary>What is kept is no use outside of this process.</summary>
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, bool> known = new(StringComparer.Ordinal);

    /// <summary>One comparison at a time: who guesses keeps one processor busy and not all.</summary>
    private readonly SemaphoreSlim turn = new(1);

    /// <param name="user">As the client claims.</param>
    /// <param name="password">As well.</param>
    /// <param name="hash">The user's.</param>
    /// <param name="ct">Ends the wait.</param>
    public async ValueTask<bool> IsRightAsync(string user, string password, string hash, CancellationToken ct)
    {
        var question = Convert.ToHexString(
            HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{user.Length}:{user}{hash}{password}"))
        );
        if (known.TryGetValue(question, out var isRight))
        {
            return isRight;
        }

        await turn.WaitAsync(ct);
        try
        {
            if (!known.TryGetValue(question, out isRight))
            {
                isRight = await Task.Run(() => Bcrypt.Verify(password, hash), ct);
                Remember(question, isRight);
            }

            return isRight;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    /// <summary>Wrong ones as well, for the program that has a wrong one; but whoever guesses displaces wrong ones only.</summary>
    private void Remember(string question, bool isRight)
    {
        if (known.Count >= MostRemembered)
        {
            foreach (var (old, _) in known.Where(static k => !k.Value))
            {
                known.TryRemove(old, out _);
            }
        }

        if (known.Count < MostRemembered)
        {
            known[question] = isRight;
        }
    }
}
