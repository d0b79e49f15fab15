using System.Numerics;

namespace Parallax.Strategies.Sizing.Lots;

/// <summary>A leg while it stays on one level of its book: amounts are linear in lots.</summary>
internal readonly struct ScreenLine(double step, double spentSlope, double spentStart, double receivedSlope, double receivedStart)
{
    private readonly double _perSpent = 1 / spentSlope;
    private readonly double _perReceived = 1 / receivedSlope;
    private readonly double _perStep = 1 / step;

    public double Spent(double lots) => (lots * spentSlope) + spentStart;

    public double Received(double lots) => (lots * receivedSlope) + receivedStart;

    public double LotsSpending(double amount) => (amount - spentStart) * _perSpent;

    public double LotsReceiving(double amount) => (amount - receivedStart) * _perReceived;

    public Vector<double> Spent(Vector<double> lots) => (lots * spentSlope) + new Vector<double>(spentStart);

    public Vector<double> Received(Vector<double> lots) => (lots * receivedSlope) + new Vector<double>(receivedStart);

    /// <summary>The lots that an amount pays for, down to the order step.</summary>
    public Vector<double> LotsSpendingDown(Vector<double> amount) =>
        Vector.Floor((amount - new Vector<double>(spentStart)) * (_perSpent * _perStep)) * step;

    /// <summary>The lots that deliver an amount, up to the order step.</summary>
    public Vector<double> LotsReceivingUp(Vector<double> amount) =>
        Vector.Ceiling((amount - new Vector<double>(receivedStart)) * (_perReceived * _perStep)) * step;
}
