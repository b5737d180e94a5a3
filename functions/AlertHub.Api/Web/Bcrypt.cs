using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace AlertHub.Api.Web;

/// <summary>
/// Passwords against hashes of bcrypt (Provos and Mazières, "A Future-Adaptable Password Scheme", 1999). Written here
/// because no library that has it can be restored; it only compares, and a real crypt(3) judges it in the tests.
/// </summary>
internal static class Bcrypt
{
    private const int Rounds = 16;
    private const int Subkeys = Rounds + 2;
    private const int Boxes = 4 * 256;
    private const int LongestPassword = 72;
    private const string Alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Blowfish begins with the digits of pi behind the point.</summary>
    private static readonly uint[] Pi = DigitsOfPi(Subkeys + Boxes);

    /// <summary>The hash is of the form <c>$2y$10$</c>, salt and digest, which the configuration's reader has checked.</summary>
    public static bool Verify(string password, string hash)
    {
        var fields = hash.Split('$');
        var (cost, rest) = (int.Parse(fields[2], null), fields[3]);
        Span<byte> salt = stackalloc byte[16];
        Span<byte> expected = stackalloc byte[23];
        Decode(rest.AsSpan(0, 22), salt);
        Decode(rest.AsSpan(22), expected);
        Span<byte> digest = stackalloc byte[24];
        Digest(Encoding.UTF8.GetBytes(password + "\0"), salt, cost, digest);
        return CryptographicOperations.FixedTimeEquals(digest[..23], expected);
    }

    private static void Digest(byte[] password, ReadOnlySpan<byte> salt, int cost, Span<byte> digest)
    {
        Span<uint> key = stackalloc uint[Subkeys];
        Cycle(password.AsSpan(0, Math.Min(password.Length, LongestPassword)), key);
        Span<uint> salted = stackalloc uint[Subkeys];
        Cycle(salt, salted);

        var state = (uint[])Pi.Clone();
        Expand(state, key, salted);
        Span<uint> nothing = stackalloc uint[Subkeys];
        nothing.Clear();
        for (var i = 0L; i < 1L << cost; i++)
        {
            Expand(state, key, nothing);
            Expand(state, salted, nothing);
        }

        "OrpheanBeholderScryDoubt"u8.CopyTo(digest);
        for (var at = 0; at < digest.Length; at += 8)
        {
            var left = BinaryPrimitives.ReadUInt32BigEndian(digest[at..]);
            var right = BinaryPrimitives.ReadUInt32BigEndian(digest[(at + 4)..]);
            for (var i = 0; i < 64; i++)
            {
                Encrypt(state, ref left, ref right);
            }

            BinaryPrimitives.WriteUInt32BigEndian(digest[at..], left);
            BinaryPrimitives.WriteUInt32BigEndian(digest[(at + 4)..], right);
        }
    }

    /// <summary>The bytes over and over, as words.</summary>
    private static void Cycle(ReadOnlySpan<byte> bytes, Span<uint> words)
    {
        var next = 0;
        for (var i = 0; i < words.Length; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                words[i] = (words[i] << 8) | bytes[next];
                next = (next + 1) % bytes.Length;
            }
        }
    }

    /// <summary>The salt is sixteen bytes over and over: every block takes the next two words of the four.</summary>
    private static void Expand(uint[] state, ReadOnlySpan<uint> key, ReadOnlySpan<uint> salt)
    {
        for (var i = 0; i < Subkeys; i++)
        {
            state[i] ^= key[i];
        }

        uint left = 0;
        uint right = 0;
        for (var i = 0; i < state.Length; i += 2)
        {
            left ^= salt[i & 2];
            right ^= salt[(i & 2) + 1];
            Encrypt(state, ref left, ref right);
            state[i] = left;
            state[i + 1] = right;
        }
    }

    private static void Encrypt(uint[] state, ref uint left, ref uint right)
    {
        var boxes = state.AsSpan(Subkeys, Boxes);
        var (a, b) = (left, right);
        for (var i = 0; i < Rounds; i += 2)
        {
            a ^= state[i];
            b ^= Mix(boxes, a);
            b ^= state[i + 1];
            a ^= Mix(boxes, b);
        }

        left = b ^ state[Rounds + 1];
        right = a ^ state[Rounds];
    }

    private static uint Mix(ReadOnlySpan<uint> boxes, uint x) =>
        ((boxes[(int)(x >> 24)] + boxes[256 + (int)((x >> 16) & 255)]) ^ boxes[512 + (int)((x >> 8) & 255)])
        + boxes[768 + (int)(x & 255)];

    /// <summary>Base 64 with an alphabet of its own.</summary>
    private static void Decode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var (bits, count, at) = (0, 0, 0);
        foreach (var c in text)
        {
            bits = (bits << 6) | Alphabet.IndexOf(c, StringComparison.Ordinal);
            count += 6;
            if (count >= 8 && at < bytes.Length)
            {
                count -= 8;
                bytes[at++] = (byte)(bits >> count);
                bits &= (1 << count) - 1;
            }
        }
    }

    /// <summary>By Machin's formula: pi is 16 arctan 1/5 less 4 arctan 1/239.</summary>
    private static uint[] DigitsOfPi(int words)
    {
        const int guard = 64;
        var bits = (words * 32) + guard;
        var one = BigInteger.One << bits;
        var fraction = ((16 * Arctangent(5)) - (4 * Arctangent(239)) - (3 * one)) >> guard;
        var bytes = fraction.ToByteArray(isUnsigned: true, isBigEndian: true).AsSpan();
        var digits = new uint[words];
        for (var i = 0; i < words; i++)
        {
            digits[i] = BinaryPrimitives.ReadUInt32BigEndian(bytes[(i * 4)..]);
        }

        return digits;

        BigInteger Arctangent(int inverse)
        {
            var power = one / inverse;
            var sum = power;
            for (var n = 3; !power.IsZero; n += 2)
            {
                power /= -inverse * inverse;
                sum += power / n;
            }

            return sum;
        }
    }
}
