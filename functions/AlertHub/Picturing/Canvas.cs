namespace AlertHub.Picturing;

/// <summary>A place in a picture, in pixels from its upper left corner; pixel (0, 0) lies between 0 and 1.</summary>
internal readonly record struct Spot(double X, double Y);

internal readonly record struct Ink(byte Red, byte Green, byte Blue);

/// <summary>
/// Pixels, and smooth lines and areas on them. Only what IEEE 754 rounds the same everywhere is computed, so that a drawing
/// is the same on every machine.
/// </summary>
internal sealed class Canvas
{
    /// <summary>How many steps the edge of a line has: more are not seen, and make the file longer.</summary>
    private const double Shades = 12;

    private readonly byte[] pixels;

    /// <summary>How many shades of each pixel the line that is being drawn covers; all zero between lines.</summary>
    private readonly byte[] covered;

    public Canvas(int width, int height, Ink paper)
    {
        (Width, Height) = (width, height);
        pixels = new byte[width * height * 3];
        covered = new byte[width * height];
        Fill(0, 0, width, height, paper);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Red, green and blue of each pixel, row by row.</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>A rectangle; a pixel that lies in it partly is filled so.</summary>
    public void Fill(double left, double top, double right, double bottom, Ink ink, double opacity = 1)
    {
        for (var y = Row(top); y < Math.Min(bottom, Height); y++)
        {
            var high = Math.Min(bottom, y + 1) - Math.Max(top, y);
            for (var x = Column(left); x < Math.Min(right, Width); x++)
            {
                Blend(x, y, ink, opacity * high * (Math.Min(right, x + 1) - Math.Max(left, x)));
            }
        }
    }

    /// <summary>Lines with round ends and joints, as if drawn in one go: where they cross nothing is drawn twice.</summary>
    public void Lines(IEnumerable<IReadOnlyList<Spot>> lines, double thickness, Ink ink)
    {
        var (left, top, right, bottom) = (Width, Height, 0, 0);
        foreach (var line in lines)
        {
            for (var i = 0; i < Math.Max(1, line.Count - 1) && line.Count > 0; i++)
            {
                var (x0, y0, x1, y1) = Cover(line[i], line[Math.Min(i + 1, line.Count - 1)], thickness / 2);
                (left, top) = (Math.Min(left, x0), Math.Min(top, y0));
                (right, bottom) = (Math.Max(right, x1), Math.Max(bottom, y1));
            }
        }

        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                Blend(x, y, ink, covered[y * Width + x] / Shades);
                covered[y * Width + x] = 0;
            }
        }
    }

    public void Line(IReadOnlyList<Spot> line, double thickness, Ink ink) => Lines([line], thickness, ink);

    public void Dot(Spot at, double radius, Ink ink) => Line([at], radius * 2, ink);

    private (int Left, int Top, int Right, int Bottom) Cover(Spot from, Spot to, double radius)
    {
        var (left, right) = (Math.Min(from.X, to.X) - radius - 1, Math.Max(from.X, to.X) + radius + 1);
        var (top, bottom) = (Math.Min(from.Y, to.Y) - radius - 1, Math.Max(from.Y, to.Y) + radius + 1);
        var (x0, y0) = (Column(left), Row(top));
        var (x1, y1) = ((int)Math.Clamp(right, 0, Width), (int)Math.Clamp(bottom, 0, Height));
        for (var y = y0; y < y1; y++)
        {
            for (var x = x0; x < x1; x++)
            {
                var part = Math.Clamp(radius + 0.5 - Distance(x + 0.5, y + 0.5, from, to), 0, 1);
                covered[y * Width + x] = Math.Max(covered[y * Width + x], (byte)(part * Shades + 0.5));
            }
        }

        return (x0, y0, x1, y1);
    }

    private static double Distance(double x, double y, Spot from, Spot to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var square = dx * dx + dy * dy;
        var along = square > 0 ? Math.Clamp(((x - from.X) * dx + (y - from.Y) * dy) / square, 0, 1) : 0;
        var (ex, ey) = (x - from.X - along * dx, y - from.Y - along * dy);
        return Math.Sqrt(ex * ex + ey * ey);
    }

    private int Column(double x) => (int)Math.Clamp(x, 0, Width);

    private int Row(double y) => (int)Math.Clamp(y, 0, Height);

    private void Blend(int x, int y, Ink ink, double part)
    {
        if (part <= 0)
        {
            return;
        }

        var at = (y * Width + x) * 3;
        pixels[at] = Mixed(pixels[at], ink.Red, part);
        pixels[at + 1] = Mixed(pixels[at + 1], ink.Green, part);
        pixels[at + 2] = Mixed(pixels[at + 2], ink.Blue, part);
    }

    private static byte Mixed(byte below, byte above, double part) => (byte)(below + (above - below) * part + 0.5);
}
